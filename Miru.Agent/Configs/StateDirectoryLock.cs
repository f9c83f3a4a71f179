using Miru.Agent.Deployments.Files;

namespace Miru.Agent.Configs;

/// <summary>One agent to one state directory. The kernel frees the lock with the process, however that ends.</summary>
internal sealed class StateDirectoryLock : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly FileStream _file;

    private StateDirectoryLock(FileStream file) => _file = file;

    /// <summary>Creates the directory if there is none and takes its lock.</summary>
    /// <exception cref="StoreException">Another agent holds it, or it cannot be written.</exception>
    public static StateDirectoryLock Take(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory, Private | UnixFileMode.GroupRead | UnixFileMode.GroupExecute);

            // FileShare.ReadWrite keeps .NET's own lock out: its failure could not be told from a missing permission.
            var file = new FileStream(Path.Combine(directory, "agent.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
            if (Posix.TryLock(file.SafeFileHandle, file.Name))
            {
                return new StateDirectoryLock(file);
            }

            file.Dispose();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"The state directory '{directory}' cannot be used: {failure.Message}. Check that it exists and belongs to the user of the agent.", failure);
        }

        throw new StoreException($"Another miru-agent uses the state directory '{directory}'. Stop it, or give this one a directory of its own (miru.state-directory).");
    }

    public void Dispose() => _file.Dispose();
}
