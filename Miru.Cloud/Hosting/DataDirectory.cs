using Miru.Cloud.Identity;

namespace Miru.Cloud.Hosting;

/// <summary>The directory with everything the server keeps, locked against a second server for as long as this object lives.</summary>
internal sealed class DataDirectory : IDisposable
{
    private readonly string _path;
    private readonly FileStream _lock;

    private DataDirectory(string path, FileStream @lock)
    {
        _path = path;
        _lock = @lock;
    }

    public string DatabaseFile => Path.Combine(_path, "cloud.db");

    public string AdminKeyFile => Path.Combine(_path, "admin.key");

    public string TokenKeyFile => Path.Combine(_path, "device-token.key");

    /// <exception cref="CloudStartException">It cannot be created, written or locked.</exception>
    public static DataDirectory Open(string path)
    {
        path = Path.GetFullPath(path);
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(path);
            }
            else
            {
                Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            // Two servers would not hear of each other's changes, so their waiting devices would not either.
            var directory = new DataDirectory(path, Lock(Path.Combine(path, "cloud.lock")));
            // SQLite gives its side files the mode of the database file: make that file before SQLite does.
            SecretFile.Touch(directory.DatabaseFile);
            return directory;
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or (IOException and not CloudStartException))
        {
            throw new CloudStartException($"Cannot use the data directory {path}: {failure.Message} Check that it is a directory this user may write.", failure);
        }
    }

    public void Dispose() => _lock.Dispose();

    private static FileStream Lock(string file)
    {
        try
        {
            return SecretFile.Lock(file);
        }
        catch (IOException taken) when (File.Exists(file))
        {
            throw new CloudStartException($"The data directory {Path.GetDirectoryName(file)} is in use by another Miru.Cloud; stop that one or choose another directory.", taken);
        }
    }
}
