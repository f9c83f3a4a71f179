namespace Akka.Actor;

/// <summary>Makes actors in a way of its own, for instance from a container.</summary>
public interface IIndirectActorProducer
{
    /// <summary>The type of what <see cref="Produce"/> makes.</summary>
    Type ActorType { get; }

    /// <summary>Makes an instance; a fresh one each time.</summary>
    ActorBase Produce();

    /// <summary>Takes back an instance that is no longer needed.</summary>
    void Release(ActorBase actor);
}
