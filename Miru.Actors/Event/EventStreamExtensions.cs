using Akka.Actor;

namespace Akka.Event;

/// <summary>Subscriptions by type parameter.</summary>
public static class EventStreamExtensions
{
    /// <summary>Subscribes to events of type TChannel.</summary>
    public static bool Subscribe<TChannel>(this EventStream eventStream, IActorRef subscriber) => eventStream.Subscribe(subscriber, typeof(TChannel));

    /// <summary>Ends the subscription to events of type TChannel.</summary>
    public static bool Unsubscribe<TChannel>(this EventStream eventStream, IActorRef subscriber) => eventStream.Unsubscribe(subscriber, typeof(TChannel));
}
