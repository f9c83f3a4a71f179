using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.TestKit;

/// <summary>
/// A scheduler whose time stands still until the test advances it. One advance fires what is due at its start: what that schedules
/// anew waits for the next one, even if it is due already, and a repetition fires once. Chosen by
/// <c>akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit"</c>.
/// </summary>
public class TestScheduler : IScheduler, IAdvancedScheduler
{
    private readonly object _gate = new();
    private readonly PriorityQueue<Item, (DateTimeOffset Due, long Number)> _items = new();
    private readonly DateTimeOffset _start = DateTimeOffset.UtcNow;
    private DateTimeOffset _now;
    private long _number;

    /// <summary>A scheduler at the present time.</summary>
    public TestScheduler(Config schedulerConfig, ILoggingAdapter log) => _now = _start;

    /// <summary>The time that the test has reached.</summary>
    public DateTimeOffset Now => TimeNow;

    /// <summary>The time that the test has let pass.</summary>
    public TimeSpan MonotonicClock => TimeNow - _start;

    /// <summary>The time that the test has let pass.</summary>
    public TimeSpan HighResMonotonicClock => MonotonicClock;

    /// <summary>This.</summary>
    public IAdvancedScheduler Advanced => this;

    /// <summary>The time that the test has reached.</summary>
    protected DateTimeOffset TimeNow
    {
        get
        {
            lock (_gate) return _now;
        }
    }

    /// <summary>Lets time pass, and fires what has become due, in the order of its time.</summary>
    public void Advance(TimeSpan offset)
    {
        foreach (var item in Due(offset))
        {
            if (item.Cancelable is { IsCancellationRequested: true }) continue;
            item.Fire();
            if (item.Interval is { } interval && item.Cancelable is not { IsCancellationRequested: true }) Add(interval, item);
        }
    }

    /// <summary>Lets time pass until <paramref name="when"/>.</summary>
    /// <exception cref="InvalidOperationException">That is in the past.</exception>
    public void AdvanceTo(DateTimeOffset when)
    {
        var now = TimeNow;
        if (when < now) throw new InvalidOperationException($"You can't reverse time: it is {now} already, and {when} was asked for.");
        Advance(when - now);
    }

    /// <inheritdoc />
    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender) => ScheduleTellOnce(delay, receiver, message, sender, null);

    /// <inheritdoc />
    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Add(delay, new Item(() => receiver.Tell(message, sender), null, cancelable));

    /// <inheritdoc />
    public void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender) =>
        ScheduleTellRepeatedly(initialDelay, interval, receiver, message, sender, null);

    /// <inheritdoc />
    public void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Add(initialDelay, new Item(() => receiver.Tell(message, sender), interval, cancelable));

    /// <inheritdoc />
    public void ScheduleOnce(TimeSpan delay, Action action) => ScheduleOnce(delay, action, null);

    /// <inheritdoc />
    public void ScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable) => Add(delay, new Item(action, null, cancelable));

    /// <inheritdoc />
    public void ScheduleOnce(TimeSpan delay, IRunnable action) => ScheduleOnce(delay, action, null);

    /// <inheritdoc />
    public void ScheduleOnce(TimeSpan delay, IRunnable action, ICancelable cancelable) => Add(delay, new Item(action.Run, null, cancelable));

    /// <inheritdoc />
    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action) => ScheduleRepeatedly(initialDelay, interval, action, null);

    /// <inheritdoc />
    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable) =>
        Add(initialDelay, new Item(action, interval, cancelable));

    /// <inheritdoc />
    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action) => ScheduleRepeatedly(initialDelay, interval, action, null);

    /// <inheritdoc />
    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable cancelable) =>
        Add(initialDelay, new Item(action.Run, interval, cancelable));

    private void Add(TimeSpan delay, Item item)
    {
        lock (_gate) _items.Enqueue(item, (_now + delay, _number++));
    }

    private List<Item> Due(TimeSpan offset)
    {
        var due = new List<Item>();
        lock (_gate)
        {
            _now += offset;
            while (_items.TryPeek(out var item, out var at) && at.Due <= _now)
            {
                _items.Dequeue();
                due.Add(item);
            }
        }
        return due;
    }

    private sealed class Item(Action fire, TimeSpan? interval, ICancelable cancelable)
    {
        public Action Fire { get; } = fire;

        public TimeSpan? Interval { get; } = interval;

        public ICancelable Cancelable { get; } = cancelable;
    }
}
