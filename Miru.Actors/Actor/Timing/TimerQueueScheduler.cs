using Akka.Dispatch;
using Akka.Event;

namespace Akka.Actor;

/// <summary>The system's own scheduler: a <see cref="TimerQueue"/> that comes into being with the first thing scheduled.</summary>
internal sealed class TimerQueueScheduler(TimeProvider time, ILoggingAdapter log) : IScheduler, IAdvancedScheduler, IDisposable
{
    private readonly Lazy<TimerQueue> _queue = new(() => new TimerQueue(time, log));

    public IAdvancedScheduler Advanced => this;

    public DateTimeOffset Now => time.GetUtcNow();

    public TimeSpan MonotonicClock => time.GetElapsedTime(0);

    public TimeSpan HighResMonotonicClock => MonotonicClock;

    private TimerQueue Queue => _queue.Value;

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender) =>
        ScheduleTellOnce(delay, receiver, message, sender, null);

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        TimerQueueEntry.Tell(Queue, TimeSpan.Zero, receiver, message, sender, cancelable).ScheduleAfter(NotNegative(delay));

    public void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender) =>
        ScheduleTellRepeatedly(initialDelay, interval, receiver, message, sender, null);

    public void ScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        TimerQueueEntry.Tell(Queue, Positive(interval), receiver, message, sender, cancelable).ScheduleAfter(NotNegative(initialDelay));

    public void ScheduleOnce(TimeSpan delay, Action action) => ScheduleOnce(delay, action, null);

    public void ScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable) => Once(delay, action, cancelable);

    public void ScheduleOnce(TimeSpan delay, IRunnable action) => ScheduleOnce(delay, action, null);

    public void ScheduleOnce(TimeSpan delay, IRunnable action, ICancelable cancelable) => Once(delay, action, cancelable);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action) => ScheduleRepeatedly(initialDelay, interval, action, null);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable) =>
        Repeatedly(initialDelay, interval, action, cancelable);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action) => ScheduleRepeatedly(initialDelay, interval, action, null);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable cancelable) =>
        Repeatedly(initialDelay, interval, action, cancelable);

    public void Dispose()
    {
        // Made only to be disposed of when nothing was ever scheduled: what comes later is refused all the same.
        Queue.Dispose();
    }

    private void Once(TimeSpan delay, object work, ICancelable cancelable) =>
        TimerQueueEntry.Call(Queue, TimeSpan.Zero, work, cancelable).ScheduleAfter(NotNegative(delay));

    private void Repeatedly(TimeSpan initialDelay, TimeSpan interval, object work, ICancelable cancelable) =>
        TimerQueueEntry.Call(Queue, Positive(interval), work, cancelable).ScheduleAfter(NotNegative(initialDelay));

    private static TimeSpan NotNegative(TimeSpan delay) =>
        delay >= TimeSpan.Zero ? delay : throw new ArgumentOutOfRangeException(nameof(delay), $"Delay must be >=0. It was {delay}");

    private static TimeSpan Positive(TimeSpan interval) =>
        interval > TimeSpan.Zero ? interval : throw new ArgumentOutOfRangeException(nameof(interval), $"Interval must be >0. It was {interval}");
}
