namespace Akka.Actor;

/// <summary>A message was null.</summary>
public class InvalidMessageException : AkkaException
{
    /// <summary>Without a message.</summary>
    public InvalidMessageException() { }

    /// <summary>With a message.</summary>
    public InvalidMessageException(string message) : base(message) { }
}
