namespace Akka.Actor;

/// <summary>A bounded stash is full.</summary>
public class StashOverflowException : AkkaException
{
    /// <summary>With a message and, if there is one, its cause.</summary>
    public StashOverflowException(string message, Exception cause = null) : base(message, cause) { }
}
