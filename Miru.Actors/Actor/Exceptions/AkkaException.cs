namespace Akka.Actor;

/// <summary>The base of what the runtime throws.</summary>
public abstract class AkkaException : Exception
{
    /// <summary>Without a message.</summary>
    protected AkkaException() { }

    /// <summary>With a message and, if there is one, what caused it.</summary>
    protected AkkaException(string message, Exception cause = null) : base(message, cause) { }

    /// <summary>What caused it; null when nothing did.</summary>
    protected Exception Cause => InnerException;
}
