using Miru.Agent.Configs;
using Miru.Agent.Deployments.Files;

namespace Miru.Agent.Deployments.Drift;

/// <summary>Holds deployed files against what was deployed. Changes nothing and creates nothing.</summary>
internal sealed class FileInspector(IFileSystem files, FileRules rules)
{
    /// <summary>Whether the file is one that the present settings let the agent look after.</summary>
    public bool Covers(OwnedFile file)
    {
        using var tree = new DirectoryTree(files, rules.AllowedRoots);
        return file.Digest is not null && tree.Covers(file.Path);
    }

    /// <param name="expected">Files that are covered.</param>
    public IReadOnlyList<FileLook> Look(IEnumerable<OwnedFile> expected)
    {
        using var tree = new DirectoryTree(files, rules.AllowedRoots);
        return [.. expected.Select(file => Look(tree, file))];
    }

    private FileLook Look(DirectoryTree tree, OwnedFile file)
    {
        IReadOnlyList<DirectoryPlace> places = [];
        try
        {
            places = tree.Places(file.Path);
            if (places.Count == 0)
            {
                return new FileLook(DriftKind.Unreachable, null, $"'{file.Path}' is gone with the allowed root above it", places);
            }

            return tree.Obstacle(file.Path) is { } obstacle
                ? new FileLook(DriftKind.Replaced, null, obstacle, places)
                : LookInside(tree, file, places);
        }
        catch (FileSystemException unreadable)
        {
            return new FileLook(DriftKind.Unreachable, null, unreadable.Message, places);
        }
    }

    private FileLook LookInside(DirectoryTree tree, OwnedFile file, IReadOnlyList<DirectoryPlace> places)
    {
        var name = Path.GetFileName(file.Path);
        if (tree.Find(file.Path) is not { } directory || directory.Look(name) is null)
        {
            return new FileLook(DriftKind.Missing, null, $"'{file.Path}' is gone", places);
        }

        var digest = directory.Read(name, rules.LargestConfig) is { } bytes ? ContentDigest.Of(bytes) : null;
        return digest == file.Digest
            ? new FileLook(null, digest, null, places)
            : new FileLook(DriftKind.Changed, digest, $"'{file.Path}' was changed by somebody else", places);
    }
}
