namespace Akka.Actor;

/// <summary>A reference in front of a cell.</summary>
public abstract class ActorRefWithCell : InternalActorRefBase
{
    /// <summary>Called by the deriving class only.</summary>
    protected ActorRefWithCell() { }

    /// <summary>The living part of the actor.</summary>
    public abstract ICell Underlying { get; }

    /// <summary>The actor's children at this moment.</summary>
    public abstract IEnumerable<IActorRef> Children { get; }

    /// <summary>A child by name, or by name and incarnation: <c>name#uid</c>; <c>Nobody</c> when there is none.</summary>
    public abstract IInternalActorRef GetSingleChild(string name);
}
