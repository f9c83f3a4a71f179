using Miru.Protocol;
using Miru.Sdk.Transport;

namespace Miru.Sdk.Connection;

/// <summary>
/// Notices that the agent says nothing (clause beat-1), at the price of one write for each received frame. After the
/// greeting it waits one and a half intervals at a time: heartbeats that come put the wait off, so that it never ends,
/// and two waits without a frame are the three silent intervals. That it counts waits, and does not read the clock,
/// keeps an application that was stopped itself from taking its own pause for the agent's.
/// </summary>
internal sealed class Silence : IDisposable
{
    private const int SilentWaits = 2;

    private readonly ITimer _timer;
    private readonly Action<Exception> _end;
    private readonly TimeSpan _greeting;
    private TimeSpan _wait;
    private TimeSpan _interval;
    private bool _greeted;
    private bool _heard;
    private int _waits;

    public Silence(ITransport transport, TimeProvider time, TimeSpan greeting, Action<Exception> end)
    {
        _end = end;
        _greeting = greeting;
        _timer = transport.CreateTimer(time, Over);
        Wait(greeting);
    }

    /// <summary>A frame arrived.</summary>
    public void Broken() => Volatile.Write(ref _heard, true);

    /// <summary>The agent greeted, and promised a heartbeat this often.</summary>
    public void Every(TimeSpan interval)
    {
        (_interval, _wait) = (interval, interval * ProtocolLimits.SilentIntervals / SilentWaits);
        Volatile.Write(ref _greeted, true);
        Beat();
    }

    /// <summary>A heartbeat arrived: the wait for the next one begins.</summary>
    public void Beat()
    {
        Volatile.Write(ref _heard, false);
        Volatile.Write(ref _waits, 0);
        Wait(_wait);
    }

    public void Dispose() => _timer.Dispose();

    private void Over()
    {
        if (!Volatile.Read(ref _greeted))
        {
            _end(new TimeoutException($"the agent accepted the connection and did not greet within {_greeting.TotalSeconds:0.#} s"));
        }
        else if (Interlocked.Exchange(ref _heard, false))
        {
            Beat();
        }
        else if (Interlocked.Increment(ref _waits) < SilentWaits)
        {
            Wait(_wait);
        }
        else
        {
            _end(new TimeoutException(
                $"the agent was silent for {ProtocolLimits.SilentIntervals} intervals of {_interval.TotalSeconds:0.##} s"));
        }
    }

    private void Wait(TimeSpan wait) => _timer.Change(wait, Timeout.InfiniteTimeSpan);
}
