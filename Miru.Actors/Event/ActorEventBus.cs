using Akka.Actor;

namespace Akka.Event;

/// <summary>A bus whose subscribers are actors.</summary>
public abstract class ActorEventBus<TEvent, TClassifier> : EventBus<TEvent, TClassifier, IActorRef>
{
    /// <summary>Called by the deriving class only.</summary>
    protected ActorEventBus() { }
}
