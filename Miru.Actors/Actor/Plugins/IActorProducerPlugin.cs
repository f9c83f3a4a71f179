namespace Akka.Actor;

/// <summary>Lends a hand when instances of actors come and go. Register it with <see cref="ExtendedActorSystem.ActorPipelineResolver"/>.</summary>
public interface IActorProducerPlugin
{
    /// <summary>Whether it cares for actors of a type.</summary>
    bool CanBeAppliedTo(Type actorType);

    /// <summary>A new instance has been constructed; it has not handled anything yet.</summary>
    void AfterIncarnated(ActorBase actor, IActorContext context);

    /// <summary>An instance has had its last word, <c>PreRestart</c> or <c>PostStop</c>, and makes way.</summary>
    void BeforeIncarnated(ActorBase actor, IActorContext context);
}
