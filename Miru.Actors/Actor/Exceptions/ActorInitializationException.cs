namespace Akka.Actor;

/// <summary>The constructor or <c>PreStart</c> threw. The default decider stops the actor: an actor that cannot start is not tried again.</summary>
public class ActorInitializationException : AkkaException
{
    /// <summary>Without a message.</summary>
    public ActorInitializationException() { }

    /// <summary>With a message.</summary>
    public ActorInitializationException(string message) : base(message) { }

    /// <summary>With a message and its cause.</summary>
    public ActorInitializationException(string message, Exception cause) : base(message, cause) { }

    /// <summary>With the actor that could not start.</summary>
    public ActorInitializationException(IActorRef actor, string message, Exception cause = null) : base(message, cause) => Actor = actor;

    /// <summary>The actor that could not start; may be null.</summary>
    public IActorRef Actor { get; set; }

    /// <inheritdoc/>
    public override string ToString() => Actor is null ? base.ToString() : $"{Actor}: {base.ToString()}";
}
