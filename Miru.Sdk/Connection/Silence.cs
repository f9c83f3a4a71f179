using Miru.Protocol;

namespace Miru.Sdk.Connection;

/// <summary>
/// Notices that the agent says nothing (clause beat-1): one timer for the whole session and one counter, so that a
/// received frame costs a single write. Until the greeting, one interval is the limit; after it, three.
/// </summary>
internal sealed class Silence : IDisposable
{
    private readonly ITimer _timer;
    private readonly Action<Exception> _end;
    private TimeSpan _interval;
    private bool _greeted;
    private int _intervals;

    public Silence(TimeProvider time, TimeSpan greeting, Action<Exception> end)
    {
        _end = end;
        _interval = greeting;
        _timer = time.CreateTimer(static state => ((Silence)state!).Tick(), this, greeting, greeting);
    }

    public void Broken() => Volatile.Write(ref _intervals, 0);

    public void Every(TimeSpan interval)
    {
        _interval = interval;
        Volatile.Write(ref _greeted, true);
        _timer.Change(interval, interval);
    }

    public void Dispose() => _timer.Dispose();

    private void Tick()
    {
        // The interval in which the last frame came was not silent: only those after it count.
        if (!Volatile.Read(ref _greeted))
        {
            _end(new TimeoutException($"the agent accepted the connection and did not greet within {_interval.TotalSeconds:0.#} s"));
        }
        else if (Interlocked.Increment(ref _intervals) > ProtocolLimits.SilentIntervals)
        {
            _end(new TimeoutException(
                $"the agent was silent for {ProtocolLimits.SilentIntervals} intervals of {_interval.TotalSeconds:0.#} s"));
        }
    }
}
