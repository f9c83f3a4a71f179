namespace Miru.Agent.Deployments.Files;

/// <summary>
/// Replaces several files as nearly at once as a file system can: first every new file is staged and synced beside its target, then
/// all are renamed, then the directories are synced. A failure while staging leaves every old file as it was.
/// </summary>
/// <remarks>
/// After a crash between the first and the last rename the same deployment is applied again from the store's contents, which rolls it
/// forward: staged names are the same every time, and files that already hold the new bytes are left alone.
/// </remarks>
internal sealed class FileSwitch(IFileSystem files, UnixFileMode mode)
{
    /// <summary>Ends the name of a file that is being staged; no config may be called so.</summary>
    public const string StagedSuffix = ".miru-new";

    /// <summary>Writes what is not in place yet beside its target. On failure nothing staged remains.</summary>
    public IReadOnlyList<StagedFile> Stage(IEnumerable<(string Path, ReadOnlyMemory<byte> Content)> wanted)
    {
        var staged = new List<StagedFile>();
        try
        {
            foreach (var (path, content) in wanted)
            {
                if (files.Holds(path, content.Span, mode))
                {
                    continue;
                }

                CreateDirectories(Path.GetDirectoryName(path)!);
                var file = new StagedFile(TemporaryPathOf(path), path);
                staged.Add(file);
                files.Delete(file.TemporaryPath);
                files.WriteNew(file.TemporaryPath, content.Span, mode);
            }

            return staged;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            staged.ForEach(file => TryDelete(file.TemporaryPath));
            throw;
        }
    }

    /// <summary>Puts the staged files in place; they are durable when it returns.</summary>
    public void Commit(IReadOnlyList<StagedFile> staged)
    {
        foreach (var file in staged)
        {
            files.Rename(file.TemporaryPath, file.Path);
        }

        SyncDirectoriesOf(staged.Select(file => file.Path));
    }

    /// <summary>Removes files; returns those that resisted.</summary>
    public IReadOnlyCollection<string> Remove(IEnumerable<string> paths)
    {
        var all = paths.ToList();
        var resisting = all.Where(path => !TryDelete(path)).ToList();
        SyncDirectoriesOf(all.Except(resisting).Where(path => files.DirectoryExists(Path.GetDirectoryName(path)!)));
        return resisting;
    }

    private static string TemporaryPathOf(string path) =>
        Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}{StagedSuffix}");

    /// <summary>A new directory is durable when its parent is synced.</summary>
    private void CreateDirectories(string directory)
    {
        if (files.DirectoryExists(directory))
        {
            return;
        }

        var parent = Path.GetDirectoryName(directory)!;
        CreateDirectories(parent);
        files.CreateDirectory(directory);
        files.SyncDirectory(parent);
    }

    private void SyncDirectoriesOf(IEnumerable<string> paths)
    {
        foreach (var directory in paths.Select(path => Path.GetDirectoryName(path)!).Distinct())
        {
            files.SyncDirectory(directory);
        }
    }

    private bool TryDelete(string path)
    {
        try
        {
            files.Delete(path);
            return true;
        }
        catch (Exception resisted) when (resisted is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
