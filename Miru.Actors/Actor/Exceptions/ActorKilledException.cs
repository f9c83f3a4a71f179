namespace Akka.Actor;

/// <summary>The actor received <see cref="Kill"/>. The default decider stops it.</summary>
public class ActorKilledException : AkkaException
{
    /// <summary>Without a message.</summary>
    public ActorKilledException() { }

    /// <summary>With a message.</summary>
    public ActorKilledException(string message) : base(message) { }
}
