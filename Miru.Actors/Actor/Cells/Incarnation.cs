namespace Akka.Actor;

/// <summary>One instance of an actor, and what comes and goes with it: behaviours, timers, stash.</summary>
internal sealed class Incarnation(ActorCell cell)
{
    private BehaviorStack _behaviors;
    private TimerScheduler _timers;
    private ActorStash _stash;
    private bool _ended;

    /// <summary>Null while the constructor runs.</summary>
    internal ActorBase Actor { get; private set; }

    internal ref BehaviorStack Behaviors => ref _behaviors;

    /// <summary>Makes the instance and gives it what its interfaces ask for.</summary>
    internal void Begin()
    {
        var actor = cell.Props.NewInstance();
        Actor = actor;
        cell.SystemImpl.ActorPipelineResolver.AfterIncarnated(actor, cell);
        if (actor is IActorStash withStash) withStash.Stash = _stash = new ActorStash(cell);
        if (actor is IWithTimers withTimers) withTimers.Timers = _timers = new TimerScheduler(cell);
        actor.Initialize();
    }

    internal void Handle(object message) => Actor.HandleByBehavior(_behaviors.Current, message);

    /// <summary>False for a tick of a timer that was cancelled, replaced, or of an incarnation before this one.</summary>
    internal bool Accepts(TimerTick tick) => _timers is not null && _timers.Accepts(tick);

    /// <summary>Puts the stash back to the front of the mailbox, for the next instance or for the dead letters.</summary>
    internal void ReturnStash() => _stash?.UnstashAll();

    /// <summary>Ends the timers and, once, disposes of the instance if it can be and gives it back to who made it.</summary>
    internal void End()
    {
        _timers?.CancelAll();
        if (Actor is null || _ended) return;
        _ended = true;
        try
        {
            (Actor as IDisposable)?.Dispose();
        }
        catch (Exception failure)
        {
            cell.SystemImpl.Log.Log(Event.LogLevel.ErrorLevel, failure, $"An error occurred while disposing {Actor.GetType()} actor. Reason: {failure.Message}");
        }
        cell.Props.Release(Actor);
    }
}
