using Akka.Actor;

namespace Miru.Benchmarks.Fleet;

/// <summary>The actors' virtual clock, for what waits by a <see cref="TimeProvider"/>: deadlines of requests and actors' timers pass together.</summary>
internal sealed class SchedulerTime(IScheduler scheduler) : TimeProvider
{
    private readonly DateTimeOffset _start = scheduler.Now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Since this was made.</summary>
    public TimeSpan Elapsed => scheduler.Now - _start;

    public override DateTimeOffset GetUtcNow() => scheduler.Now;

    public override long GetTimestamp() => Elapsed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(scheduler, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(IScheduler scheduler, Action fire) : ITimer
    {
        private Cancelable? _pending;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (period > TimeSpan.Zero)
            {
                throw new NotSupportedException("Nothing that is simulated here waits periodically.");
            }

            Dispose();
            if (dueTime >= TimeSpan.Zero)
            {
                _pending = new Cancelable(scheduler.Advanced);
                scheduler.Advanced.ScheduleOnce(dueTime, fire, _pending);
            }

            return true;
        }

        public void Dispose()
        {
            _pending?.Cancel();
            _pending = null;
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
