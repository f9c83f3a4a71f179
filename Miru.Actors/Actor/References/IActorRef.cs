using Akka.Util;

namespace Akka.Actor;

/// <summary>
/// A handle to one incarnation of an actor. It stays valid for ever: after the actor's death it leads to the dead letters.
/// Two references are equal when path and uid are: an actor created later under the same name is somebody else.
/// </summary>
public interface IActorRef : ICanTell, IEquatable<IActorRef>, IComparable<IActorRef>, IComparable, ISurrogated
{
    /// <summary>Where the actor lives in the tree; never null.</summary>
    ActorPath Path { get; }
}
