using Akka.Actor;
using Akka.Streams.Implementation;

namespace Akka.Streams.Stage;

/// <summary>A logic with timers. A timer's key replaces an older timer of the same key; a tick that a newer timer or a cancellation has overtaken is not delivered.</summary>
public abstract class TimerGraphStageLogic : GraphStageLogic
{
    private readonly Dictionary<object, Timer> _timers = [];

    protected TimerGraphStageLogic(Shape shape) : base(shape)
    {
    }

    /// <summary>The timer with the given key is due.</summary>
    protected abstract void OnTimer(object timerKey);

    protected internal void ScheduleOnce(object timerKey, TimeSpan delay) => Schedule(timerKey, delay, null);

    protected internal void ScheduleRepeatedly(object timerKey, TimeSpan interval) => Schedule(timerKey, interval, interval);

    protected internal void ScheduleRepeatedly(object timerKey, TimeSpan initialDelay, TimeSpan interval) => Schedule(timerKey, initialDelay, interval);

    protected internal void CancelTimer(object timerKey)
    {
        if (_timers.Remove(timerKey, out var timer))
        {
            timer.Cancelable.Cancel();
        }
    }

    protected internal bool IsTimerActive(object timerKey) => _timers.ContainsKey(timerKey);

    protected override void AfterPostStop()
    {
        foreach (var timer in _timers.Values)
        {
            timer.Cancelable.Cancel();
        }

        _timers.Clear();
        base.AfterPostStop();
    }

    private void Schedule(object timerKey, TimeSpan delay, TimeSpan? interval)
    {
        CancelTimer(timerKey);
        var timer = new Timer(this, timerKey, interval);
        timer.Cancelable = Interpreter.Host.Schedule(delay, timer);
        _timers[timerKey] = timer;
    }

    private void Fire(Timer timer)
    {
        if (!_timers.TryGetValue(timer.Key, out var current) || !ReferenceEquals(current, timer))
        {
            return;
        }

        if (timer.Interval is { } interval)
        {
            timer.Cancelable = Interpreter.Host.Schedule(interval, timer);
        }
        else
        {
            _timers.Remove(timer.Key);
        }

        OnTimer(timer.Key);
    }

    private sealed class Timer(TimerGraphStageLogic logic, object key, TimeSpan? interval) : AsyncInput(logic)
    {
        public object Key { get; } = key;

        public TimeSpan? Interval { get; } = interval;

        public ICancelable Cancelable { get; set; }

        public override void Run() => ((TimerGraphStageLogic)Logic).Fire(this);
    }
}
