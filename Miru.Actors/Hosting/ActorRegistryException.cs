namespace Akka.Hosting;

/// <summary>Something is wrong with an entry of an <see cref="ActorRegistry"/>.</summary>
public class ActorRegistryException : Exception
{
    /// <summary>An error described by <paramref name="message"/>.</summary>
    public ActorRegistryException(string message) : base(message)
    {
    }

    /// <summary>An error described by <paramref name="message"/>, caused by <paramref name="innerException"/>.</summary>
    public ActorRegistryException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
