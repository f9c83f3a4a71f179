namespace Miru.Agent.Deployments.Files;

/// <summary>The file system of this computer.</summary>
internal sealed class PosixFileSystem : IFileSystem
{
    public IDirectory? OpenRoot(string path)
    {
        if (Posix.Open(Posix.WorkingDirectory, path, Posix.OpenDirectoryFlags) is { } handle)
        {
            return new PosixDirectory(handle, path);
        }

        return Posix.LastError == Errno.NoEntry ? null : throw Posix.Failure("open the directory", path);
    }

    public void CreateRoot(string path)
    {
        var parentPath = Path.GetDirectoryName(path)!;
        var parent = OpenRoot(parentPath);
        if (parent is null)
        {
            CreateRoot(parentPath);
            parent = OpenRoot(parentPath) ?? throw Posix.Failure("open the directory", parentPath, Errno.NoEntry);
        }

        using (parent)
        {
            parent.CreateDirectory(Path.GetFileName(path));
            parent.Sync();
        }
    }
}
