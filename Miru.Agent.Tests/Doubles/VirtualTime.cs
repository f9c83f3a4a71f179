namespace Miru.Agent.Tests.Doubles;

/// <summary>A clock that stands still until a test moves it, and tells who waits on it.</summary>
internal sealed class VirtualTime : TimeProvider
{
    /// <summary>How long, in real time, a busy computer may need for what a test waits for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly List<Timer> _timers = [];
    private DateTimeOffset _now;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public VirtualTime()
        : this(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    /// <param name="now">Where it stands.</param>
    public VirtualTime(DateTimeOffset now) => _now = now;

    /// <summary>A timer was set, or is pending no more. Raised on whatever thread did that.</summary>
    public event Action? Changed;

    /// <summary>Timers that are still to fire.</summary>
    public int Pending
    {
        get
        {
            lock (_gate)
            {
                return _timers.Count(timer => timer.DueAt is not null);
            }
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Waits, in real time, until a timer that is due in exactly this long exists.</summary>
    public Task ArmedAsync(TimeSpan due) => UntilAsync(() => _timers.Exists(timer => timer.DueAt == _now + due));

    /// <summary>Waits, in real time, until exactly so many timers are pending.</summary>
    public Task PendingAsync(int count) => UntilAsync(() => Pending == count);

    /// <summary>Moves on, firing what is due on the way in order.</summary>
    public void Advance(TimeSpan by)
    {
        var until = GetUtcNow() + by;
        while (NextDue(until) is { } timer)
        {
            timer.Fire();
        }

        lock (_gate)
        {
            _now = until;
        }
    }

    private async Task UntilAsync(Func<bool> condition)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (condition())
                {
                    return;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(Patience);
        }
    }

    private void Note()
    {
        _changed.TrySetResult();
        _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Changed?.Invoke();
    }

    private Timer? NextDue(DateTimeOffset until)
    {
        lock (_gate)
        {
            var next = _timers.Where(timer => timer.DueAt <= until).MinBy(timer => timer.DueAt);
            if (next is not null)
            {
                _now = next.DueAt!.Value;
                next.Rearm();
                Note();
            }

            return next;
        }
    }

    private sealed class Timer(VirtualTime time, Action fire) : ITimer
    {
        private TimeSpan _period;

        public DateTimeOffset? DueAt { get; private set; }

        public void Fire() => fire();

        public void Rearm() => DueAt = _period > TimeSpan.Zero ? DueAt + _period : null;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                time._timers.Remove(this);
                _period = period;
                DueAt = dueTime >= TimeSpan.Zero ? time._now + dueTime : null;
                if (DueAt is not null)
                {
                    time._timers.Add(this);
                }

                time.Note();
            }

            return true;
        }

        public void Dispose()
        {
            lock (time._gate)
            {
                time._timers.Remove(this);
                DueAt = null;
                time.Note();
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
