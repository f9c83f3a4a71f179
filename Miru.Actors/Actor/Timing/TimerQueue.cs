using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// A heap of entries by due time and one alarm that is set to the first of them: with nothing scheduled nothing ticks. Most timers are
/// cancelled before they are due, so that is cheap: a cancelled entry stays where it is, emptied, until half of all are; then the
/// heap is made anew of the others.
/// </summary>
internal sealed class TimerQueue : IDisposable
{
    private const int SmallestHeap = 16;

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly long _epoch;
    private readonly ILoggingAdapter _log;
    private readonly ITimer _alarm;
    private TimerQueueEntry[] _heap = new TimerQueueEntry[SmallestHeap];
    private int _count;
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
            if (_cancelled > SmallestHeap && _cancelled > _count / 2) DropCancelled();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _heap = [];
            _count = 0;
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
            if (_count > 0 && _heap[0].Due <= now)
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
        if (_count == 0 || _heap[0].Due >= _armedFor) return;
        _armedFor = _heap[0].Due;
        // Rounded up to the timer's own resolution, so that it does not wake too early and twice.
        var wait = Math.Max(0, Math.Ceiling((_armedFor - Elapsed).TotalMilliseconds));
        _alarm.Change(TimeSpan.FromMilliseconds(Math.Min(wait, uint.MaxValue - 2)), Timeout.InfiniteTimeSpan);
    }

    private void Insert(TimerQueueEntry entry)
    {
        if (_count == _heap.Length) Array.Resize(ref _heap, _count * 2);
        entry.IsQueued = true;
        entry.Turn = _turns++;
        SiftUp(entry, _count++);
    }

    private TimerQueueEntry TakeTop()
    {
        var top = _heap[0];
        top.IsQueued = false;
        var last = _heap[--_count];
        _heap[_count] = null;
        if (_count > 0) SiftDown(last, 0);
        return top;
    }

    private void DropCancelledAtTop()
    {
        while (_count > 0 && !_heap[0].IsQueued)
        {
            TakeTop();
            _cancelled--;
        }
    }

    private void DropCancelled()
    {
        var live = 0;
        for (var i = 0; i < _count; i++)
        {
            if (_heap[i].IsQueued) _heap[live++] = _heap[i];
        }
        // In place: large arrays made on the way would each cost a full collection.
        Array.Clear(_heap, live, _count - live);
        _count = live;
        _cancelled = 0;
        if (_heap.Length > SmallestHeap && _count < _heap.Length / 8) Array.Resize(ref _heap, Math.Max(SmallestHeap, _count * 2));
        for (var i = _count / 2 - 1; i >= 0; i--) SiftDown(_heap[i], i);
    }

    /// <summary>Puts an entry at a free place or above it.</summary>
    private void SiftUp(TimerQueueEntry entry, int index)
    {
        while (index > 0 && entry.IsBefore(_heap[(index - 1) / 2]))
        {
            _heap[index] = _heap[(index - 1) / 2];
            index = (index - 1) / 2;
        }
        _heap[index] = entry;
    }

    /// <summary>Puts an entry at a place or below it.</summary>
    private void SiftDown(TimerQueueEntry entry, int index)
    {
        while (true)
        {
            var child = 2 * index + 1;
            if (child >= _count) break;
            if (child + 1 < _count && _heap[child + 1].IsBefore(_heap[child])) child++;
            if (entry.IsBefore(_heap[child])) break;
            _heap[index] = _heap[child];
            index = child;
        }
        _heap[index] = entry;
    }
}
