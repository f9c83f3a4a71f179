namespace Akka.Actor.Internal;

/// <summary>The children of an actor. Immutable: what changes it answers a new one.</summary>
public interface IChildrenContainer
{
    /// <summary>The children.</summary>
    IReadOnlyCollection<IInternalActorRef> Children { get; }

    /// <summary>What is known about each of them.</summary>
    IReadOnlyCollection<ChildRestartStats> Stats { get; }

    /// <summary>True while the parent is not stopping.</summary>
    bool IsNormal { get; }

    /// <summary>True while the parent is stopping.</summary>
    bool IsTerminating { get; }

    /// <summary>With a child in the place of a name.</summary>
    IChildrenContainer Add(string name, ChildRestartStats stats);

    /// <summary>Without a child.</summary>
    IChildrenContainer Remove(IActorRef child);

    /// <summary>With a name kept for a child to come.</summary>
    IChildrenContainer Reserve(string name);

    /// <summary>With such a name given back.</summary>
    IChildrenContainer Unreserve(string name);

    /// <summary>With a child about to die; it counts until it is removed.</summary>
    IChildrenContainer ShallDie(IActorRef actor);

    /// <summary>True when it is one of the children.</summary>
    bool Contains(IActorRef actor);

    /// <summary>What is known about the child of a name; false when there is none and the name is not reserved either.</summary>
    bool TryGetByName(string name, out IChildStats stats);

    /// <summary>What is known about a child; false when it is none.</summary>
    bool TryGetByRef(IActorRef actor, out ChildRestartStats stats);
}
