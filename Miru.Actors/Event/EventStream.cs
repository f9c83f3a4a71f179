using Akka.Actor;

namespace Akka.Event;

/// <summary>
/// The bus of a system: log events, dead letters, unhandled messages, and what applications publish. A subscriber gets events of a type,
/// of every type that derives from it, or of an interface. Subscribers that have stopped are removed when they are met.
/// </summary>
public class EventStream : LoggingBus
{
    /// <param name="debug">Accepted for compatibility; this stream logs nothing about itself.</param>
    public EventStream(bool debug) { }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException">The subscriber is null.</exception>
    public override bool Subscribe(IActorRef subscriber, Type channel)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        foreach (var other in Subscribers)
            if (HasStopped(other)) Unsubscribe(other);
        return base.Subscribe(subscriber, channel);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException">The subscriber is null.</exception>
    public override bool Unsubscribe(IActorRef subscriber, Type channel)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        return base.Unsubscribe(subscriber, channel);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException">The subscriber is null.</exception>
    public override bool Unsubscribe(IActorRef subscriber)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        return base.Unsubscribe(subscriber);
    }

    /// <inheritdoc/>
    protected override void Publish(object @event, IActorRef subscriber)
    {
        // Otherwise a dead subscriber would turn each dead letter into another one, for ever.
        if (HasStopped(subscriber)) Unsubscribe(subscriber);
        else base.Publish(@event, subscriber);
    }

    private static bool HasStopped(IActorRef subscriber) => subscriber is IInternalActorRef { IsTerminated: true };
}
