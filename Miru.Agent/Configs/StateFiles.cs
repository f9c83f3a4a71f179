using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Miru.Agent.Configs;

/// <summary>
/// Names in the state directory, changed so that the change survives. .NET swallows a failing fsync on Linux and copies where it cannot
/// rename.
/// </summary>
internal static partial class StateFiles
{
    private const int OpenReadOnlyCloseOnExec = 0x80000;

    /// <exception cref="IOException">Nothing was renamed.</exception>
    public static void Rename(string from, string to)
    {
        if (RenameFile(from, to) != 0)
        {
            throw Failure("rename", from);
        }
    }

    /// <exception cref="IOException">The names in it may not be on the disk.</exception>
    public static void SyncDirectory(string path)
    {
        var descriptor = Open(path, OpenReadOnlyCloseOnExec);
        if (descriptor < 0)
        {
            throw Failure("open", path);
        }

        using var directory = new SafeFileHandle(descriptor, ownsHandle: true);
        if (FSync(directory) != 0)
        {
            throw Failure("sync", path);
        }
    }

    private static IOException Failure(string verb, string path) =>
        new($"cannot {verb} '{path}': {Marshal.GetLastPInvokeErrorMessage()}", Marshal.GetLastPInvokeError());

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameFile(string from, string to);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(SafeFileHandle descriptor);
}
