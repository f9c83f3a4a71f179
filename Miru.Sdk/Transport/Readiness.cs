using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Miru.Sdk.Transport;

/// <summary>
/// Where the background thread waits: for the socket, as far as it is watched, and for two timers. Watching is one-shot, so
/// that a hang-up, which the kernel reports even to those who watch for nothing, is reported once.
/// </summary>
internal sealed unsafe class Readiness : IDisposable
{
    // struct epoll_event { uint32_t events; epoll_data_t data; } is packed on x86-64 and nowhere else.
    private static readonly int DataOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;

    private readonly SafeSocketHandle _socket;
    private readonly Linux.Descriptor _epoll = Linux.CreateEpoll(Linux.CloseOnExec);
    private readonly Linux.Descriptor _turnTimer = Linux.CreateTimer(Linux.MonotonicClock, Linux.CloseOnExec);
    private readonly Linux.Descriptor _sessionTimer = Linux.CreateTimer(Linux.MonotonicClock, Linux.CloseOnExec);

    public Readiness(SafeSocketHandle socket)
    {
        _socket = socket;
        if (_epoll.IsInvalid || _turnTimer.IsInvalid || _sessionTimer.IsInvalid)
        {
            Dispose();
            throw Linux.Failure("no descriptors to wait with", Marshal.GetLastPInvokeError());
        }

        Control(Linux.Add, socket, Linux.OneShot, Woken.Socket);

        // Edge-triggered: an expired timer is reported once and never needs reading.
        Control(Linux.Add, _turnTimer, Linux.In | Linux.EdgeTriggered, Woken.Turn);
        Control(Linux.Add, _sessionTimer, Linux.In | Linux.EdgeTriggered, Woken.Session);
    }

    /// <summary>Watches the socket for this, once; a change of mind replaces it.</summary>
    public void Watch(bool forBytes, bool forRoom) => Control(
        Linux.Modify, _socket, Linux.OneShot | (forBytes ? Linux.In : 0) | (forRoom ? Linux.Out : 0), Woken.Socket);

    /// <summary>Wakes for the turn, once.</summary>
    public void WakeTurnIn(TimeSpan delay) => Set(_turnTimer, delay);

    /// <summary>Wakes for the session, once; zero: not at all.</summary>
    public void WakeSessionIn(TimeSpan delay) => Set(_sessionTimer, delay);

    /// <summary>Waits for what comes first, for as long as it takes.</summary>
    public Woken Wait()
    {
        var events = stackalloc byte[48];
        int count;
        do
        {
            count = Linux.WaitEpoll(_epoll, events, 3, -1);
        }
        while (count < 0 && Marshal.GetLastPInvokeError() == Linux.Interrupted);

        var woken = Woken.None;
        for (var index = 0; index < count; index++)
        {
            woken |= (Woken)events[(index * (DataOffset + sizeof(ulong))) + DataOffset];
        }

        return count > 0 ? woken : throw Linux.Failure("cannot wait for the agent", Marshal.GetLastPInvokeError());
    }

    public void Dispose()
    {
        _epoll.Dispose();
        _turnTimer.Dispose();
        _sessionTimer.Dispose();
    }

    private static void Set(Linux.Descriptor timer, TimeSpan delay)
    {
        // struct itimerspec { timespec interval; timespec value; }, of seconds and nanoseconds each. No interval: the kernel
        // begins the next one only when the timer is read.
        var spec = stackalloc nint[4];
        spec[2] = (nint)(delay.Ticks / TimeSpan.TicksPerSecond);
        spec[3] = (nint)(delay.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick);
        _ = Linux.SetTimer(timer, 0, spec, null);
    }

    private void Control(int operation, SafeHandle descriptor, uint events, Woken name)
    {
        var entry = stackalloc byte[16];
        *(uint*)entry = events;
        *(ulong*)(entry + DataOffset) = (ulong)name;
        if (Linux.ControlEpoll(_epoll, operation, descriptor, entry) != 0)
        {
            throw Linux.Failure("cannot watch the agent's socket", Marshal.GetLastPInvokeError());
        }
    }
}
