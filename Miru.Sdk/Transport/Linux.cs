using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Miru.Sdk.Transport;

/// <summary>The system calls .NET does not offer, or offers only with a hop through its own event loop.</summary>
internal static partial class Linux
{
    public const int Again = 11;
    public const int Interrupted = 4;
    public const int DontWait = 0x40;
    public const int NoSignal = 0x4000;
    public const int Add = 1;
    public const int Modify = 3;
    public const int CloseOnExec = 0x80000;
    public const int MonotonicClock = 1;
    public const int GetFlags = 3;
    public const int SetFlags = 4;
    public const int NonBlocking = 0x800;
    public const int CurrentDirectory = -100;
    public const uint BasicStatus = 0x7ff;
    public const uint In = 0x1;
    public const uint Out = 0x4;
    public const uint OneShot = 1u << 30;
    public const uint EdgeTriggered = 1u << 31;

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    public static unsafe partial nint Receive(SafeSocketHandle socket, byte* buffer, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    public static unsafe partial nint Send(SafeSocketHandle socket, byte* buffer, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial Descriptor CreateEpoll(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    public static unsafe partial int ControlEpoll(Descriptor epoll, int operation, SafeHandle descriptor, byte* epollEvent);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    public static unsafe partial int WaitEpoll(Descriptor epoll, byte* events, int maxEvents, int timeout);

    [LibraryImport("libc", EntryPoint = "timerfd_create", SetLastError = true)]
    public static partial Descriptor CreateTimer(int clock, int flags);

    [LibraryImport("libc", EntryPoint = "timerfd_settime", SetLastError = true)]
    public static unsafe partial int SetTimer(Descriptor timer, int flags, nint* intervalAndValue, nint* old);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    public static partial int Control(SafeSocketHandle socket, int command, int argument);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint GetEffectiveUser();

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int GetStatus(int directory, string path, int flags, uint mask, out FileStatus status);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(nint descriptor);

    /// <summary>What the last call failed with, as .NET's exception for it.</summary>
    public static IOException Failure(string what, int error) =>
        new($"{what}: {Marshal.GetPInvokeErrorMessage(error)}");

    // statx(2), not stat(2): its layout is the same on every architecture.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    internal struct FileStatus
    {
        [FieldOffset(20)]
        public uint Owner;

        [FieldOffset(28)]
        public ushort Mode;
    }

    /// <summary>A file descriptor that is closed once, after the last call with it has returned.</summary>
    internal sealed class Descriptor() : SafeHandleMinusOneIsInvalid(ownsHandle: true)
    {
        protected override bool ReleaseHandle() => Linux.Close(handle) == 0;
    }
}
