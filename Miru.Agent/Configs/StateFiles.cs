using Microsoft.Win32.SafeHandles;
using Miru.Agent.Deployments.Files;

namespace Miru.Agent.Configs;

/// <summary>Names in the state directory, changed so that the change survives.</summary>
internal static class StateFiles
{
    /// <exception cref="IOException">Nothing was renamed.</exception>
    public static void Rename(string from, string to)
    {
        using var source = Open(Path.GetDirectoryName(from)!);
        using var target = Open(Path.GetDirectoryName(to)!);
        if (Posix.RenameAt(source, Path.GetFileName(from), target, Path.GetFileName(to)) != 0)
        {
            throw Posix.Failure("rename", from);
        }
    }

    /// <exception cref="IOException">The names in it may not be on the disk.</exception>
    public static void SyncDirectory(string path)
    {
        using var directory = Open(path);
        Posix.Sync(directory, path);
    }

    private static SafeFileHandle Open(string directory) =>
        Posix.Open(Posix.WorkingDirectory, directory, Posix.OpenDirectoryFlags) ?? throw Posix.Failure("open the directory", directory);
}
