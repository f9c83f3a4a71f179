using Xunit;

namespace Miru.Agent.Tests.Cloud.ControlPlane;

/// <summary>A clock that moves when a test says so, and that tells when the server has set a timer.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _watchers = [];
    private DateTimeOffset _now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    /// <summary>Completes once that many timers are pending: so many requests wait.</summary>
    public Task PendingTimersAsync(int count)
    {
        lock (_lock)
        {
            if (_timers.Count == count)
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _watchers.Add((count, reached));
            return reached.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    public void Advance(TimeSpan by)
    {
        List<ManualTimer> due;
        lock (_lock)
        {
            _now += by;
            due = _timers.Where(timer => timer.Due <= _now).ToList();
            due.ForEach(timer => Forget(timer));
        }

        due.ForEach(timer => timer.Fire());
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Assert.Equal(Timeout.InfiniteTimeSpan, period);
        lock (_lock)
        {
            var timer = new ManualTimer(this, callback, state, _now + dueTime);
            _timers.Add(timer);
            Notify();
            return timer;
        }
    }

    private void Forget(ManualTimer timer)
    {
        lock (_lock)
        {
            if (_timers.Remove(timer))
            {
                Notify();
            }
        }
    }

    private void Notify()
    {
        foreach (var watcher in _watchers.Where(watcher => watcher.Count == _timers.Count).ToList())
        {
            watcher.Reached.TrySetResult();
            _watchers.Remove(watcher);
        }
    }

    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state, DateTimeOffset due) : ITimer
    {
        public DateTimeOffset Due => due;

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException();

        public void Dispose() => time.Forget(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
