namespace Miru.Agent.Configs;

/// <summary>One agent to one state directory. The kernel frees the lock with the process, however that ends.</summary>
internal sealed class StateDirectoryLock : IDisposable
{
    /// <summary>Locked, and so open, as long as an agent runs.</summary>
    public const string FileName = "agent.lock";

    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>EWOULDBLOCK, which .NET hands on as the exception's HResult: somebody else has the lock.</summary>
    private const int WouldBlock = 11;

    private readonly FileStream _file;

    private StateDirectoryLock(FileStream file) => _file = file;

    /// <summary>Creates the directory if there is none and takes its lock.</summary>
    /// <exception cref="StoreException">Another agent holds it, or it cannot be written.</exception>
    public static StateDirectoryLock Take(string directory) => TryTake(directory) ?? throw new StoreException(
        $"Another miru-agent uses the state directory '{directory}'. Stop it, or give this one a directory of its own (miru.state-directory).");

    /// <summary>Like <see cref="Take"/>; null if somebody else has the lock.</summary>
    /// <exception cref="StoreException">The directory cannot be written.</exception>
    public static StateDirectoryLock? TryTake(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory, Private | UnixFileMode.GroupRead | UnixFileMode.GroupExecute);

            // On Unix, FileShare.None is flock(LOCK_EX | LOCK_NB). Readable by nobody else: whoever may open the file may lock it.
            return new StateDirectoryLock(new FileStream(Path.Combine(directory, FileName), new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }));
        }
        catch (IOException held) when (held.HResult == WouldBlock)
        {
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"The state directory '{directory}' cannot be used: {failure.Message.TrimEnd('.')}. Check that it exists and belongs to the user of the agent.", failure);
        }
    }

    public void Dispose() => _file.Dispose();
}
