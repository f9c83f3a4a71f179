using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Miru.Agent.Deployments.Files;

/// <summary>
/// System calls whose result .NET hides: its flush swallows a failing fsync on Linux, and its move becomes a copy across file systems.
/// </summary>
internal static partial class Posix
{
    private const int Interrupted = 4;
    private const int OpenReadOnlyCloseOnExec = 0x80000;

    /// <exception cref="IOException">The bytes may not be on the disk; syncing the same handle again would prove nothing.</exception>
    public static void Sync(SafeFileHandle handle, string path)
    {
        while (FSync(handle) != 0)
        {
            ThrowUnlessInterrupted("sync", path);
        }
    }

    /// <exception cref="IOException">The names may not be on the disk.</exception>
    public static void SyncDirectory(string path)
    {
        var descriptor = Open(path, OpenReadOnlyCloseOnExec);
        if (descriptor < 0)
        {
            throw Failure("open", path, Marshal.GetLastPInvokeError());
        }

        using var directory = new SafeFileHandle(descriptor, ownsHandle: true);
        Sync(directory, path);
    }

    /// <exception cref="IOException">Nothing was renamed.</exception>
    public static void Rename(string from, string to)
    {
        if (RenameFile(from, to) != 0)
        {
            throw Failure($"rename '{from}' to", to, Marshal.GetLastPInvokeError());
        }
    }

    private static void ThrowUnlessInterrupted(string verb, string path)
    {
        var error = Marshal.GetLastPInvokeError();
        if (error != Interrupted)
        {
            throw Failure(verb, path, error);
        }
    }

    private static IOException Failure(string verb, string path, int error) =>
        new($"cannot {verb} '{path}': {Marshal.GetPInvokeErrorMessage(error)}", error);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(SafeFileHandle descriptor);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameFile(string from, string to);
}
