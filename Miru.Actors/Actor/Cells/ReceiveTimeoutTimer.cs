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
}
