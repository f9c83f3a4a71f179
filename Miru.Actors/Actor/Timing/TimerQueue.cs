using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// A heap of entries by due time and one timer that is set to the first of them. With nothing scheduled nothing ticks; setting and
/// cancelling cost the logarithm of what is scheduled and leave no rubbish behind.
/// </summary>
internal sealed class TimerQueue : IDisposable
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly long _epoch;
    private readonly ILoggingAdapter _log;
    private readonly ITimer _alarm;
    private TimerQueueEntry[] _heap = new TimerQueueEntry[16];
    private int _count;
    private TimeSpan _armedFor = TimeSpan.MaxValue;
    private bool _disposed;

    internal TimerQueue(TimeProvider time, ILoggingAdapter log)
    {
        _time = time;
        _log = log;
        _epoch = time.GetTimestamp();
        // The alarm must not carry the execution context of whoever scheduled first.
        using (ExecutionContext.SuppressFlow())
            _alarm = time.CreateTimer(static queue => ((TimerQueue)queue).RunDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    internal TimeSpan Elapsed => _time.GetElapsedTime(_epoch);

    internal int Count
    {
        get { lock (_gate) return _count; }
    }

    /// <exception cref="SchedulerException">The queue is shut down.</exception>
    internal void Add(TimerQueueEntry entry, TimeSpan delay)
    {
        lock (_gate)
        {
            if (_disposed) throw new SchedulerException("The scheduler has been shut down.");
            entry.Due = Elapsed + (delay > TimeSpan.Zero ? delay : TimeSpan.Zero);
            Insert(entry);
            Arm();
        }
    }

    internal void Remove(TimerQueueEntry entry)
    {
        lock (_gate)
        {
            // The alarm stays: at worst one early wake-up finds nothing due and is set anew.
            if (entry.HeapIndex >= 0) RemoveAt(entry.HeapIndex);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            Array.Clear(_heap, 0, _count);
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
            if (_count > 0 && _heap[0].Due <= now)
            {
                var entry = _heap[0];
                RemoveAt(0);
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
        if (_count == 0 || _heap[0].Due >= _armedFor) return;
        _armedFor = _heap[0].Due;
        // Rounded up to the timer's own resolution, so that it does not wake too early and twice.
        var wait = Math.Max(0, Math.Ceiling((_armedFor - Elapsed).TotalMilliseconds));
        _alarm.Change(TimeSpan.FromMilliseconds(Math.Min(wait, uint.MaxValue - 2)), Timeout.InfiniteTimeSpan);
    }

    private void Insert(TimerQueueEntry entry)
    {
        if (_count == _heap.Length) Array.Resize(ref _heap, _count * 2);
        Place(entry, _count);
        SiftUp(_count++);
    }

    private void RemoveAt(int index)
    {
        _heap[index].HeapIndex = -1;
        var last = _heap[--_count];
        _heap[_count] = null;
        if (index == _count) return;
        Place(last, index);
        SiftDown(index);
        if (last.HeapIndex == index) SiftUp(index);
    }

    private void SiftUp(int index)
    {
        var entry = _heap[index];
        while (index > 0 && entry.Due < _heap[(index - 1) / 2].Due)
        {
            Place(_heap[(index - 1) / 2], index);
            index = (index - 1) / 2;
        }
        Place(entry, index);
    }

    private void SiftDown(int index)
    {
        var entry = _heap[index];
        while (true)
        {
            var child = 2 * index + 1;
            if (child >= _count) break;
            if (child + 1 < _count && _heap[child + 1].Due < _heap[child].Due) child++;
            if (_heap[child].Due >= entry.Due) break;
            Place(_heap[child], index);
            index = child;
        }
        Place(entry, index);
    }

    private void Place(TimerQueueEntry entry, int index)
    {
        _heap[index] = entry;
        entry.HeapIndex = index;
    }
}
