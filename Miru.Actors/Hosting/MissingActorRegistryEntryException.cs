namespace Akka.Hosting;

/// <summary>The key has no actor, or none yet.</summary>
public sealed class MissingActorRegistryEntryException : ActorRegistryException
{
    /// <summary>An error described by <paramref name="message"/>.</summary>
    public MissingActorRegistryEntryException(string message) : base(message)
    {
    }

    /// <summary>An error described by <paramref name="message"/>, caused by <paramref name="innerException"/>.</summary>
    public MissingActorRegistryEntryException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
