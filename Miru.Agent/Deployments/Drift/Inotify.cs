using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Miru.Agent.Deployments.Drift;

/// <summary>The system calls of inotify(7), and what waiting for it takes.</summary>
internal static partial class Inotify
{
    public const int EventHeaderSize = 16;

    /// <summary>IN_MODIFY, IN_MOVED_FROM, IN_MOVED_TO, IN_CREATE, IN_DELETE, IN_DELETE_SELF, IN_MOVE_SELF.</summary>
    public const uint AnyChange = 0x2 | 0x40 | 0x80 | 0x100 | 0x200 | 0x400 | 0x800;
    public const uint OnlyDirectories = 0x1000000;

    /// <summary>IN_Q_OVERFLOW: the kernel has dropped events.</summary>
    public const uint Overflow = 0x4000;

    /// <summary>IN_IGNORED: the watch is gone, with its directory or its file system.</summary>
    public const uint Ignored = 0x8000;

    public const short Readable = 1;

    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;

    /// <exception cref="IOException">This user has as many instances as the kernel allows.</exception>
    public static SafeFileHandle Open() => Owned(Initialize(NonBlocking | CloseOnExec), "inotify");

    /// <summary>A counter that a thread can wait for beside other things.</summary>
    /// <exception cref="IOException">No descriptors are left.</exception>
    public static SafeFileHandle OpenSignal() => Owned(EventDescriptor(0, NonBlocking | CloseOnExec), "an event descriptor");

    private static SafeFileHandle Owned(int descriptor, string what) => descriptor >= 0
        ? new SafeFileHandle(descriptor, ownsHandle: true)
        : throw new IOException($"the kernel gives no {what}: {Marshal.GetLastPInvokeErrorMessage()}", Marshal.GetLastPInvokeError());

    [LibraryImport("libc", EntryPoint = "inotify_add_watch", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Add(SafeFileHandle inotify, string path, uint mask);

    [LibraryImport("libc", EntryPoint = "inotify_rm_watch", SetLastError = true)]
    public static partial int Remove(SafeFileHandle inotify, int watch);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(SafeFileHandle descriptor, Span<byte> into, nint length);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(SafeFileHandle descriptor, ReadOnlySpan<byte> bytes, nint length);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(Span<PollEntry> entries, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "inotify_init1", SetLastError = true)]
    private static partial int Initialize(int flags);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    private static partial int EventDescriptor(uint start, int flags);

    /// <summary><c>struct pollfd</c>; a negative descriptor is passed over.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct PollEntry
    {
        public int Descriptor;
        public short Wanted;
        public short Found;
    }
}
