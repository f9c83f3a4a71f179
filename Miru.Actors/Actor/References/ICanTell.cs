namespace Akka.Actor;

/// <summary>Something that takes messages without blocking the one who tells.</summary>
public interface ICanTell
{
    /// <summary>Sends <paramref name="message"/>, at most once, in order per pair of sender and receiver.</summary>
    void Tell(object message, IActorRef sender);
}
