namespace Akka.Actor;

/// <summary>The root of everything that the runtime throws.</summary>
public abstract class AkkaException : Exception
{
    /// <summary>An error without a message of its own.</summary>
    protected AkkaException()
    {
    }

    /// <summary>An error described by <paramref name="message"/>.</summary>
    protected AkkaException(string message, Exception cause = null) : base(message, cause)
    {
    }

    /// <summary>What led to this error; null if it is the first of its chain.</summary>
    protected Exception Cause => InnerException;
}
