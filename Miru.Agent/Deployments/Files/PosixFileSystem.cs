namespace Miru.Agent.Deployments.Files;

/// <summary>The file system of this computer.</summary>
internal sealed class PosixFileSystem : IFileSystem
{
    /// <summary>Directories on the way to a config: the owner writes, everybody else may pass.</summary>
    private const UnixFileMode DirectoryMode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    public bool IsSymbolicLink(string path) => new FileInfo(path).LinkTarget is not null;

    public bool DirectoryExists(string path) => Directory.Exists(path);

    public void CreateDirectory(string path) => Directory.CreateDirectory(path, DirectoryMode);

    public bool Holds(string path, ReadOnlySpan<byte> content, UnixFileMode mode)
    {
        var file = new FileInfo(path);
        return file.Exists && file.LinkTarget is null && file.Length == content.Length && file.UnixFileMode == mode
            && content.SequenceEqual(File.ReadAllBytes(path));
    }

    public void WriteNew(string path, ReadOnlySpan<byte> content, UnixFileMode mode)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = 0,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using var file = new FileStream(path, options);
        file.Write(content);

        // The mode at creation is narrowed by the umask; this one is not. Set before the sync, so that it survives with the bytes.
        File.SetUnixFileMode(file.SafeFileHandle, mode);
        Posix.Sync(file.SafeFileHandle, path);
    }

    public void Rename(string from, string to) => Posix.Rename(from, to);

    public void SyncDirectory(string path) => Posix.SyncDirectory(path);

    public void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // The whole directory is gone: so is the file.
        }
    }
}
