namespace Akka.Actor;

/// <summary>No answer came to an <c>Ask</c> within its time.</summary>
public class AskTimeoutException : AkkaException
{
    /// <summary>With a message.</summary>
    public AskTimeoutException(string message) : base(message) { }
}
