using Miru.Agent.Configs;

namespace Miru.Agent.Deployments.Files;

/// <summary>
/// The second half of an apply, after which there is no way back: renames what was staged, removes what nobody needs, and syncs the
/// directories. Each step finds out whether it was done before, so the whole may be begun again after a crash or a failure, as often as
/// it takes.
/// </summary>
internal sealed class FileSwitch(IFileSystem files, FileRules rules)
{
    /// <param name="plan">What to do.</param>
    /// <param name="contents">Bytes by digest, for staged files that are lost or damaged.</param>
    /// <param name="verify">Looks into the staged files before it trusts them: they were written by another life of the agent.</param>
    /// <param name="notices">Gets what owners of files should hear.</param>
    /// <returns>Files of ours that could not be removed.</returns>
    /// <exception cref="IOException">Some files may be switched and others not.</exception>
    public IReadOnlyList<OwnedFile> Run(
        SwitchPlan plan, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> contents, bool verify, ICollection<FileNotice> notices)
    {
        using var tree = new DirectoryTree(files, rules.AllowedRoots);
        var switched = 0;
        var staged = plan.Files.Where(file => file.Staged).ToList();
        try
        {
            foreach (var file in staged)
            {
                Replace(tree, file, contents, verify);
                switched++;
            }

            var leftBehind = plan.Removals.Where(file => !Remove(tree, file, notices)).ToList();
            tree.Sync();
            return leftBehind;
        }
        catch (FileSystemException failure) when (switched > 0)
        {
            throw new FileSystemException($"{failure.Message}; {switched} of {staged.Count} files are new already", failure.Error);
        }
    }

    /// <summary>Those of the files that hold the bytes they should.</summary>
    public IReadOnlyList<OwnedFile> Standing(IEnumerable<OwnedFile> wanted)
    {
        using var tree = new DirectoryTree(files, rules.AllowedRoots);
        return [.. wanted.Where(file => tree.Covers(file.Path) && Stands(tree, file))];
    }

    private bool Stands(DirectoryTree tree, OwnedFile file)
    {
        try
        {
            return tree.Find(file.Path) is { } directory && file.Digest is { } digest && Holds(directory, Path.GetFileName(file.Path), digest);
        }
        catch (IOException)
        {
            // What cannot be read is not claimed.
            return false;
        }
    }

    private void Replace(DirectoryTree tree, PlannedFile file, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> contents, bool verify)
    {
        var directory = tree.FindOrCreate(file.Path);
        var name = Path.GetFileName(file.Path);
        var staged = FileNames.Staged(name);

        // Also where it was renamed before: the sync may have failed then.
        tree.Changed(file.Path);
        if (verify && directory.Look(staged) is not null && !Holds(directory, staged, file.Digest))
        {
            directory.Delete(staged);
        }

        try
        {
            directory.Rename(staged, name);
        }
        catch (FileSystemException failure) when (failure.Error == Errno.NoEntry)
        {
            if (Holds(directory, name, file.Digest))
            {
                return;
            }

            if (!contents.TryGetValue(file.Digest, out var content))
            {
                throw new FileSystemException($"the bytes for '{file.Path}' are lost; they are fetched again", Errno.NoEntry);
            }

            var standing = directory.Look(name);
            directory.WriteNew(staged, content.Span, standing is { } old ? rules.ModeOver(old.Mode) : rules.NewFileMode, standing?.Owner);
            directory.Rename(staged, name);
        }
    }

    /// <summary>
    /// Tries it twice, the second time in directories opened anew: what one failing call leaves behind would stay until the next deployment.
    /// </summary>
    private bool Remove(DirectoryTree tree, OwnedFile file, ICollection<FileNotice> notices)
    {
        var said = new List<FileNotice>();
        var removed = TryRemove(tree, file, said);
        if (!removed)
        {
            said.Clear();
            using var again = new DirectoryTree(files, rules.AllowedRoots);
            removed = TryRemove(again, file, said, thenSync: true);
        }

        said.ForEach(notices.Add);
        return removed;
    }

    private bool TryRemove(DirectoryTree tree, OwnedFile file, ICollection<FileNotice> notices, bool thenSync = false)
    {
        try
        {
            if (!tree.Covers(file.Path))
            {
                notices.Add(new FileNotice(FileNoticeCodes.LeftBehind, file.Path, $"'{file.Path}' is no longer part of a deployment, nor below an allowed root; remove it yourself"));
                return false;
            }

            if (tree.Find(file.Path) is { } directory)
            {
                tree.Changed(file.Path);
                Remove(directory, file, notices);
            }

            if (thenSync)
            {
                tree.Sync();
            }

            return true;
        }
        catch (IOException failure)
        {
            notices.Add(new FileNotice(FileNoticeCodes.LeftBehind, file.Path, $"'{file.Path}' is no longer part of a deployment, but {failure.Message}; it is tried again with the next deployment"));
            return false;
        }
    }

    private void Remove(IDirectory directory, OwnedFile file, ICollection<FileNotice> notices)
    {
        var name = Path.GetFileName(file.Path);
        switch (directory.Look(name)?.Kind)
        {
            case null:
                return;

            case FileKind.Regular when file.Digest is null || Holds(directory, name, file.Digest):
                directory.Delete(name);
                return;

            case FileKind.Regular:
                directory.Rename(name, FileNames.Changed(name));
                notices.Add(new FileNotice(FileNoticeCodes.ChangeKept, file.Path, $"'{file.Path}' is no longer part of a deployment, but was changed by somebody else; it is kept as {FileNames.Changed(name)}"));
                return;

            default:
                notices.Add(new FileNotice(FileNoticeCodes.NotOurs, file.Path, $"'{file.Path}' is no longer the file the agent wrote; it stays"));
                return;
        }
    }

    private bool Holds(IDirectory directory, string name, string digest) =>
        directory.Read(name, rules.LargestConfig) is { } bytes && ContentDigest.Of(bytes) == digest;
}
