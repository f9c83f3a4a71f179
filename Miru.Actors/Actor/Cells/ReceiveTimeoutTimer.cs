namespace Akka.Actor;

/// <summary>
/// Tells the actor <see cref="ReceiveTimeout"/> when nothing came for a while. It rests while a message is handled and starts anew
/// after each one, except after those that are marked <see cref="INotInfluenceReceiveTimeout"/>.
/// </summary>
internal sealed class ReceiveTimeoutTimer(ActorCell cell)
{
    private ICancelable _pending;

    internal TimeSpan? Duration { get; private set; }

    internal void Set(TimeSpan? duration)
    {
        if (duration is { } given && given <= TimeSpan.Zero && given != Timeout.InfiniteTimeSpan)
            throw new ArgumentOutOfRangeException(nameof(duration), given, "A receive timeout must be longer than zero.");
        Cancel();
        Duration = duration == Timeout.InfiniteTimeSpan ? null : duration;
    }

    /// <summary>A message comes: the time stands still while it is handled.</summary>
    internal void PauseFor(object message)
    {
        if (Counts(message)) Cancel();
    }

    /// <summary>A message has been handled: the time begins anew. Also when the timeout was set by a message that does not count.</summary>
    internal void ResumeAfter(object message)
    {
        if (Counts(message) || _pending is null) Rearm();
    }

    internal void Rearm()
    {
        Cancel();
        if (Duration is { } duration)
            _pending = cell.SystemImpl.Scheduler.ScheduleTellOnceCancelable(duration, cell.Self, ReceiveTimeout.Instance, cell.Self);
    }

    internal void Cancel()
    {
        _pending?.Cancel();
        _pending = null;
    }

    private static bool Counts(object message) => (message is TimerTick tick ? tick.Message : message) is not INotInfluenceReceiveTimeout;
}
