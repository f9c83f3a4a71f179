namespace Akka.Actor;

/// <summary>
/// The timers of one incarnation. A tick carries the identity of the timer it belongs to, so one that comes late, from a timer replaced or
/// cancelled, or from an earlier incarnation, is recognised and dropped.
/// </summary>
internal sealed class TimerScheduler(ActorCell cell) : ITimerScheduler
{
    private readonly Dictionary<object, RunningTimer> _timers = [];

    public IReadOnlyCollection<object> ActiveTimers => _timers.Keys;

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval) => StartPeriodicTimer(key, msg, interval, interval);

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval, IActorRef sender) =>
        StartPeriodicTimer(key, msg, interval, interval, sender);

    public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval) =>
        StartPeriodicTimer(key, msg, initialDelay, interval, ActorRefs.NoSender);

    public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval, IActorRef sender)
    {
        var tick = Replace(key, msg, repeats: true);
        cell.SystemImpl.Scheduler.ScheduleTellRepeatedly(initialDelay, interval, cell.Self, tick, sender, _timers[key].Cancelable);
    }

    public void StartSingleTimer(object key, object msg, TimeSpan timeout) => StartSingleTimer(key, msg, timeout, ActorRefs.NoSender);

    public void StartSingleTimer(object key, object msg, TimeSpan timeout, IActorRef sender)
    {
        var tick = Replace(key, msg, repeats: false);
        cell.SystemImpl.Scheduler.ScheduleTellOnce(timeout, cell.Self, tick, sender, _timers[key].Cancelable);
    }

    public bool IsTimerActive(object key) => _timers.ContainsKey(key);

    public void Cancel(object key)
    {
        if (_timers.Remove(key, out var timer)) timer.Cancelable.Cancel();
    }

    public void CancelAll()
    {
        foreach (var timer in _timers.Values) timer.Cancelable.Cancel();
        _timers.Clear();
    }

    /// <summary>True when the tick's timer still runs; a single timer is over with it.</summary>
    internal bool Accepts(TimerTick tick)
    {
        if (!ReferenceEquals(tick.Owner, this)) return false;
        if (!_timers.TryGetValue(tick.Key, out var timer) || !ReferenceEquals(timer.Tick, tick)) return false;
        if (!tick.Repeats) _timers.Remove(tick.Key);
        return true;
    }

    private TimerTick Replace(object key, object message, bool repeats)
    {
        Cancel(key);
        var tick = new TimerTick(this, key, message, repeats);
        _timers[key] = new RunningTimer(tick, new Cancelable(cell.SystemImpl.Scheduler));
        return tick;
    }

    private readonly record struct RunningTimer(TimerTick Tick, ICancelable Cancelable);
}
