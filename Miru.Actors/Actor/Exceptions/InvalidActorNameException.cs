namespace Akka.Actor;

/// <summary>The name of an actor to create is taken, empty, or holds what a path element must not.</summary>
public class InvalidActorNameException : AkkaException
{
    /// <summary>With a message.</summary>
    public InvalidActorNameException(string message) : base(message) { }

    /// <summary>With a message and its cause.</summary>
    public InvalidActorNameException(string message, Exception innerException) : base(message, innerException) { }
}
