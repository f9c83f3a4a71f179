using Miru.Agent.Configs;

namespace Miru.Agent.Deployments.Files;

/// <summary>
/// The first half of an apply: puts every new file beside the one it will replace, durably and with its final mode and owner. Nothing an
/// application reads has changed when it is done, and nothing is left over when it fails.
/// </summary>
internal sealed class FileStaging(IFileSystem files, FileRules rules)
{
    /// <summary>The reason why one of the files can never be put in place as things stand, or null.</summary>
    public string? Obstacle(IEnumerable<string> paths)
    {
        using var tree = new DirectoryTree(files, rules.AllowedRoots);
        return paths.Select(tree.Obstacle).FirstOrDefault(reason => reason is not null);
    }

    /// <param name="wanted">All files of the deployment.</param>
    /// <param name="owned">All files of ours that stand now.</param>
    /// <param name="notices">Gets what owners of files should hear.</param>
    /// <exception cref="IOException">Nothing is staged.</exception>
    public SwitchPlan Stage(IReadOnlyList<WantedFile> wanted, IReadOnlyCollection<OwnedFile> owned, ICollection<FileNotice> notices)
    {
        using var tree = new DirectoryTree(files, rules.AllowedRoots);
        var ours = owned.ToDictionary(file => file.Path, StringComparer.Ordinal);
        var plan = new List<PlannedFile>(wanted.Count);
        try
        {
            var missing = wanted.Select(file => Find(tree, file)).ToList();
            CheckRoom(missing);
            for (var i = 0; i < wanted.Count; i++)
            {
                var (file, found) = (wanted[i], missing[i]);
                if (found is not null)
                {
                    Stage(found, ours.GetValueOrDefault(file.Path), notices);
                    tree.ChangedFromRoot(file.Path);
                }

                plan.Add(new PlannedFile(file.Path, file.Digest, Staged: found is not null));
            }

            tree.Sync();
        }
        catch
        {
            RollBack(tree, wanted.Select(file => file.Path));
            throw;
        }

        var stays = wanted.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        return new SwitchPlan(plan, [.. owned.Where(file => !stays.Contains(file.Path))]);
    }

    /// <summary>Takes away what was staged for these paths, whoever staged it.</summary>
    /// <returns>Staged files that resisted; harmless, and replaced when the same path is staged again.</returns>
    public IReadOnlyList<string> RollBack(IEnumerable<string> paths)
    {
        using var tree = new DirectoryTree(files, rules.AllowedRoots);
        return RollBack(tree, paths);
    }

    private static List<string> RollBack(DirectoryTree tree, IEnumerable<string> paths)
    {
        var resisting = new List<string>();
        foreach (var path in paths.Where(tree.Covers))
        {
            var name = Path.GetFileName(path);
            try
            {
                if (tree.Find(path) is { } directory)
                {
                    tree.Changed(path);
                    directory.Delete(FileNames.Staged(name));
                    FileKeeping.Forget(directory, name);
                }
            }
            catch (IOException)
            {
                resisting.Add(Path.Combine(Path.GetDirectoryName(path)!, FileNames.Staged(name)));
            }
        }

        try
        {
            // The journal forgets them after this, so a power cut must not bring them back.
            tree.Sync();
        }
        catch (IOException)
        {
            // The disk that does not take this did not take the deployment either; at worst a staged file comes back and does no harm.
        }

        return resisting;
    }

    /// <summary>A full or read-only disk is found out before it is written to: the retry costs it nothing.</summary>
    private static void CheckRoom(IEnumerable<MissingFile?> missing)
    {
        foreach (var there in missing.OfType<MissingFile>().GroupBy(file => file.Directory))
        {
            var bytes = 0L;
            foreach (var file in there)
            {
                bytes += file.Wanted.Content.Length;
            }

            there.Key.CheckRoom(bytes);
        }
    }

    /// <summary>What stands where the file should be; null if that is the file.</summary>
    private MissingFile? Find(DirectoryTree tree, WantedFile file)
    {
        var directory = tree.FindOrCreate(file.Path);
        var name = Path.GetFileName(file.Path);
        if (directory.Look(name) is not { } standing)
        {
            return new MissingFile(file, directory, name, null, null);
        }

        var digest = Digest(directory, name, rules.LargestRead(file));
        if (digest == file.Digest && rules.ModeOver(standing.Mode) == standing.Mode)
        {
            return null;
        }

        // Found out now, and not in the middle of the switch.
        return standing.IsImmutable
            ? throw new FileSystemException($"cannot replace '{file.Path}': it is immutable (lsattr shows i or a)", Errno.NotPermitted)
            : new MissingFile(file, directory, name, standing, digest);
    }

    private void Stage(MissingFile missing, OwnedFile? ours, ICollection<FileNotice> notices)
    {
        var (file, directory, name, standing, digest) = missing;
        if (standing is { } found)
        {
            Keep(directory, name, found, digest, file, ours, notices);
        }

        if (!Write(directory, name, file, standing))
        {
            notices.Add(new FileNotice(FileNoticeCodes.OwnerNotKept, file.Path, $"the kernel does not let the agent give '{file.Path}' back to user {standing!.Value.Owner.User}, group {standing.Value.Owner.Group}; mode and, where allowed, group are kept"));
        }
    }

    /// <summary>Null for what is larger than any config, or not ours to read: something else than what is wanted either way.</summary>
    private static string? Digest(IDirectory directory, string name, long limit)
    {
        try
        {
            return directory.Read(name, limit) is { } bytes ? ContentDigest.Of(bytes) : null;
        }
        catch (FileSystemException unreadable) when (unreadable.Error == Errno.Denied)
        {
            return null;
        }
    }

    private static void Keep(IDirectory directory, string name, FileFacts standing, string? digest, WantedFile file, OwnedFile? ours, ICollection<FileNotice> notices)
    {
        if (digest == file.Digest)
        {
            return;
        }

        if (ours is null)
        {
            var copy = FileKeeping.KeepOriginal(directory, name, standing, file.Path);
            notices.Add(new FileNotice(FileNoticeCodes.OriginalKept, file.Path, $"'{file.Path}' was there before the agent; a copy is kept as {copy}"));
        }
        else if (ours.Digest is not null && ours.Digest != digest)
        {
            var copy = FileKeeping.KeepChange(directory, name, standing);
            notices.Add(new FileNotice(FileNoticeCodes.ChangeKept, file.Path, $"'{file.Path}' was changed by somebody else; the change is kept as {copy}"));
        }
    }

    private bool Write(IDirectory directory, string name, WantedFile file, FileFacts? replaced)
    {
        var staged = FileNames.Staged(name);
        var mode = replaced is { } old ? rules.ModeOver(old.Mode) : rules.NewFileMode;
        try
        {
            return directory.WriteNew(staged, file.Content.Span, mode, replaced?.Owner);
        }
        catch (FileSystemException taken) when (taken.Error == Errno.Exists)
        {
            // Left over from an attempt that could not clean up after itself.
            directory.Delete(staged);
            return directory.WriteNew(staged, file.Content.Span, mode, replaced?.Owner);
        }
    }

    /// <summary>A file that has to be written.</summary>
    private sealed record MissingFile(WantedFile Wanted, IDirectory Directory, string Name, FileFacts? Standing, string? Digest);
}
