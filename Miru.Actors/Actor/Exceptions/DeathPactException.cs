namespace Akka.Actor;

/// <summary>A watched actor died and the watcher did not handle <see cref="Terminated"/>. The default decider stops the watcher.</summary>
public class DeathPactException : AkkaException
{
    /// <summary>Names the dead.</summary>
    public DeathPactException(IActorRef deadActor) : base($"Monitored actor [{deadActor}] terminated") => DeadActor = deadActor;

    /// <summary>Who died.</summary>
    public IActorRef DeadActor { get; }
}
