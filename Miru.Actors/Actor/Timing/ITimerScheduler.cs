namespace Akka.Actor;

/// <summary>
/// Timers of one incarnation, by key. A new timer replaces the one with its key; a tick of a timer that is gone never reaches the
/// actor, even if it was in the mailbox already. All timers end with the incarnation.
/// </summary>
public interface ITimerScheduler
{
    /// <summary>The keys of the running timers.</summary>
    IReadOnlyCollection<object> ActiveTimers { get; }

    /// <summary>Tells the actor again and again.</summary>
    void StartPeriodicTimer(object key, object msg, TimeSpan interval);

    /// <summary>Tells the actor again and again, with a sender.</summary>
    void StartPeriodicTimer(object key, object msg, TimeSpan interval, IActorRef sender);

    /// <summary>Tells the actor again and again, the first time after a delay of its own.</summary>
    void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval);

    /// <summary>Tells the actor again and again, the first time after a delay of its own, with a sender.</summary>
    void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval, IActorRef sender);

    /// <summary>Tells the actor once.</summary>
    void StartSingleTimer(object key, object msg, TimeSpan timeout);

    /// <summary>Tells the actor once, with a sender.</summary>
    void StartSingleTimer(object key, object msg, TimeSpan timeout, IActorRef sender);

    /// <summary>True until a single timer has told, or a timer is cancelled.</summary>
    bool IsTimerActive(object key);

    /// <summary>Ends a timer.</summary>
    void Cancel(object key);

    /// <summary>Ends all timers.</summary>
    void CancelAll();
}
