using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Miru.Agent.Connections;

/// <summary>
/// The system calls of the I/O loop, as they are in the kernel. Those that can never block skip the runtime's bookkeeping around a native
/// call (<see cref="SuppressGCTransitionAttribute"/>), which would cost as much as the call's own entry; <c>errno</c> is then what
/// <see cref="Marshal.GetLastSystemError"/> says right after the call.
/// </summary>
internal static unsafe partial class NativeIo
{
    public const uint Readable = 0x1;
    public const uint Writable = 0x4;
    public const uint Failed = 0x8;
    public const uint HungUp = 0x10;
    public const uint PeerClosed = 0x2000;
    public const uint EdgeTriggered = 1u << 31;

    public const int Add = 1;
    public const int Remove = 2;
    public const int Modify = 3;

    public const int Interrupted = 4;
    public const int WouldBlock = 11;

    // recv and send: never wait, never raise SIGPIPE.
    private const int DontWait = 0x40;
    private const int NoSignal = 0x4000;
    private const int CloseOnExec = 0x80000;
    private const int NonBlocking = 0x800;

    /// <summary>A new epoll instance.</summary>
    /// <exception cref="IOException">No descriptor is free.</exception>
    public static int CreatePoll() => Checked(EpollCreate(CloseOnExec), "cannot create an epoll instance");

    /// <summary>A new counter that another thread can raise to end a wait.</summary>
    /// <exception cref="IOException">No descriptor is free.</exception>
    public static int CreateBell() => Checked(EventFd(0, CloseOnExec | NonBlocking), "cannot create an eventfd");

    /// <exception cref="IOException">The kernel has no memory for one more registration, or the descriptor cannot be watched.</exception>
    public static void Control(int poll, int operation, int descriptor, uint interest, ulong token)
    {
        Span<byte> one = stackalloc byte[PollEvents.MostBytes];
        PollEvents.Write(one, interest, token);
        fixed (byte* first = one)
        {
            _ = Checked(EpollControl(poll, operation, descriptor, first), "cannot watch a socket");
        }
    }

    /// <summary>Waits for events, for ever or not at all. Returns their number, which is 0 where a signal came first.</summary>
    /// <exception cref="IOException">The kernel refused, which is a bug.</exception>
    public static int Wait(int poll, PollEvents events, bool forever)
    {
        if (forever && EpollWait(SystemCalls.EpollWait, poll, events.Memory, events.Capacity, -1, 0, 0) is var count and >= 0)
        {
            return (int)count;
        }

        // A look cannot be interrupted, so whatever fails here is what failed before. Its errno is still the call's own.
        return Checked((int)EpollLook(SystemCalls.EpollWait, poll, events.Memory, events.Capacity, 0, 0, 0), "cannot wait for sockets");
    }

    public static void Ring(int bell)
    {
        var one = 1UL;
        _ = Write(bell, &one, sizeof(ulong));
    }

    public static void Silence(int bell)
    {
        ulong rung;
        _ = Read(bell, &rung, sizeof(ulong));
    }

    // Not inlined, both: in a method with exception handlers the compiler would call them through a stub.
    /// <summary>What recv(2) returns; on -1 <paramref name="error"/> says why.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static nint Receive(int socket, Span<byte> buffer, out int error)
    {
        fixed (byte* bytes = buffer)
        {
            var count = Transfer(SystemCalls.Receive, socket, bytes, (nuint)buffer.Length, DontWait, 0, 0);
            error = count < 0 ? Marshal.GetLastSystemError() : 0;
            return count;
        }
    }

    /// <summary>What send(2) returns; on -1 <paramref name="error"/> says why.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static nint Send(int socket, ReadOnlySpan<byte> buffer, out int error)
    {
        fixed (byte* bytes = buffer)
        {
            var count = Transfer(SystemCalls.Send, socket, bytes, (nuint)buffer.Length, DontWait | NoSignal, 0, 0);
            error = count < 0 ? Marshal.GetLastSystemError() : 0;
            return count;
        }
    }

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);

    private static int Checked(int result, string whatFailed) =>
        result >= 0 ? result : throw Failure(whatFailed, Marshal.GetLastSystemError());

    private static IOException Failure(string whatFailed, int error) => new($"{whatFailed}: {Marshal.GetPInvokeErrorMessage(error)}", error);

    [LibraryImport("libc", EntryPoint = "epoll_create1")]
    [SuppressGCTransition]
    private static partial int EpollCreate(int flags);

    [LibraryImport("libc", EntryPoint = "eventfd")]
    [SuppressGCTransition]
    private static partial int EventFd(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl")]
    [SuppressGCTransition]
    private static partial int EpollControl(int poll, int operation, int descriptor, byte* one);

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint Write(int descriptor, void* bytes, nuint length);

    [LibraryImport("libc", EntryPoint = "read")]
    private static partial nint Read(int descriptor, void* bytes, nuint length);

    // What runs for each request goes through syscall(2): libc's own functions are cancellation points, and in a process of several threads
    // each of them pays for two atomic operations that nobody but pthread_cancel needs.

    // May sleep, so the collector must not have to wait for it.
    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint EpollWait(nint number, nint poll, byte* events, nint capacity, nint timeout, nint mask, nint maskSize);

    [LibraryImport("libc", EntryPoint = "syscall")]
    [SuppressGCTransition]
    private static partial nint EpollLook(nint number, nint poll, byte* events, nint capacity, nint timeout, nint mask, nint maskSize);

    [LibraryImport("libc", EntryPoint = "syscall")]
    [SuppressGCTransition]
    private static partial nint Transfer(nint number, nint socket, byte* buffer, nuint length, nint flags, nint address, nint addressSize);
}
