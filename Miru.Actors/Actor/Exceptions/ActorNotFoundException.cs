namespace Akka.Actor;

/// <summary>A selection led to no actor.</summary>
public class ActorNotFoundException : AkkaException
{
    /// <summary>Without a message.</summary>
    public ActorNotFoundException() { }

    /// <summary>With a message and, if there is one, its cause.</summary>
    public ActorNotFoundException(string message, Exception innerException = null) : base(message, innerException) { }
}
