using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// A heap of entries by due time and one alarm that is set to the first of them: with nothing scheduled nothing ticks. Most timers are
/// cancelled before they are due, so that is cheap: a cancelled entry stays where it is, emptied, until half of all are; then the
/// heap is made anew of the others.
/// </summary>
internal sealed class TimerQueue : IDisposable
{
    private const int FewCancelled = 16;

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly long _epoch;
    private readonly ILoggingAdapter _log;
    private readonly ITimer _alarm;
    private readonly TimerHeap _heap = new();
    private int _cancelled;
    private long _turns;
    private TimeSpan _armedFor = TimeSpan.MaxValue;
    private bool _disposed;

    internal TimerQueue(TimeProvider time, ILoggingAdapter log)
    {
        _time = time;
        _log = log;
        _epoch = time.GetTimestamp();
        // The alarm must not carry the execution context of whoever scheduled first.
        using AsyncFlowControl? noFlow = ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow();
        _alarm = time.CreateTimer(static queue => ((TimerQueue)queue).RunDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    internal TimeSpan Elapsed => _time.GetElapsedTime(_epoch);

    /// <exception cref="SchedulerException">The queue is shut down.</exception>
    internal void Add(TimerQueueEntry entry, TimeSpan delay)
    {
        lock (_gate)
        {
            if (_disposed) throw new SchedulerException("The scheduler has been shut down.");
            entry.Due = Elapsed + delay;
            Insert(entry);
            Arm();
        }
    }

    internal void Remove(TimerQueueEntry entry)
    {
        lock (_gate)
        {
            // The alarm stays: at worst one early wake-up finds nothing due and is set anew.
            if (!entry.TryCancel()) return;
            _cancelled++;
            if (_cancelled <= FewCancelled || _cancelled <= _heap.Count / 2) return;
            _heap.DropCancelled();
            _cancelled = 0;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _heap.Clear();
        }
        _alarm.Dispose();
    }

    private void RunDue()
    {
        while (TakeDue() is { } entry)
        {
            try { entry.Run(); }
            catch (Exception failure) { _log.Error(failure, "Scheduled work failed"); }
        }
    }

    /// <summary>Takes the first entry if it is due; otherwise sets the alarm for it.</summary>
    private TimerQueueEntry TakeDue()
    {
        lock (_gate)
        {
            var now = Elapsed;
            DropCancelledAtTop();
            if (_heap.Count > 0 && _heap.First.Due <= now)
            {
                var entry = TakeTop();
                if (entry.Interval > TimeSpan.Zero)
                {
                    // At a fixed rate; what was missed while the machine slept is left out, not made up for.
                    entry.Due = entry.Due + entry.Interval > now ? entry.Due + entry.Interval : now + entry.Interval;
                    Insert(entry);
                }
                return entry;
            }
            _armedFor = TimeSpan.MaxValue;
            if (!_disposed) Arm();
            return null;
        }
    }

    /// <summary>Sets the alarm when the first entry is earlier than what it is set for.</summary>
    private void Arm()
    {
        DropCancelledAtTop();
        if (_heap.Count == 0 || _heap.First.Due >= _armedFor) return;
        _armedFor = _heap.First.Due;
        // Rounded up to the timer's own resolution, so that it does not wake too early and twice.
        var wait = Math.Max(0, Math.Ceiling((_armedFor - Elapsed).TotalMilliseconds));
        _alarm.Change(TimeSpan.FromMilliseconds(Math.Min(wait, uint.MaxValue - 2)), Timeout.InfiniteTimeSpan);
    }

    private void Insert(TimerQueueEntry entry)
    {
        entry.IsQueued = true;
        entry.Turn = _turns++;
        _heap.Add(entry);
    }

    private TimerQueueEntry TakeTop()
    {
        var top = _heap.TakeFirst();
        top.IsQueued = false;
        return top;
    }

    private void DropCancelledAtTop()
    {
        while (_heap is { Count: > 0, First.IsQueued: false })
        {
            _heap.TakeFirst();
            _cancelled--;
        }
    }
}
