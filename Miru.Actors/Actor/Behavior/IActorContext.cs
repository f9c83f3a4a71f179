using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>What an actor can ask of the runtime. Valid only while the actor runs, on the thread it runs on.</summary>
public interface IActorContext : IActorRefFactory, ICanWatch
{
    /// <summary>The actor itself.</summary>
    IActorRef Self { get; }

    /// <summary>What the actor was made from.</summary>
    Props Props { get; }

    /// <summary>Who sent the current message; the dead letters when nobody did.</summary>
    IActorRef Sender { get; }

    /// <summary>The system the actor lives in.</summary>
    ActorSystem System { get; }

    /// <summary>The supervisor.</summary>
    IActorRef Parent { get; }

    /// <summary>What the actor runs on.</summary>
    MessageDispatcher Dispatcher { get; }

    /// <summary>After how long without a message <see cref="Actor.ReceiveTimeout"/> is told; null for never.</summary>
    TimeSpan? ReceiveTimeout { get; }

    /// <summary>Replaces the behaviour.</summary>
    void Become(Receive receive);

    /// <summary>Replaces the behaviour and keeps the one before.</summary>
    void BecomeStacked(Receive receive);

    /// <summary>Returns to the behaviour before.</summary>
    void UnbecomeStacked();

    /// <summary>The child with this name; <see cref="ActorRefs.Nobody"/> when there is none.</summary>
    IActorRef Child(string name);

    /// <summary>The children, also those that are stopping.</summary>
    IEnumerable<IActorRef> GetChildren();

    /// <summary>Has <see cref="Actor.ReceiveTimeout"/> told when no message came for this long; null ends it.</summary>
    void SetReceiveTimeout(TimeSpan? timeout);

    /// <summary>Stops an actor after the message it is handling; the rest of its mailbox goes to the dead letters.</summary>
    void Stop(IActorRef child);
}
