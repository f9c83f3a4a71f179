namespace Akka.Actor;

/// <summary>Makes actors by a delegate: for the runtime's own, which have no use for an expression and its cost at the start.</summary>
internal sealed class FactoryProducer<TActor>(Func<TActor> create) : IIndirectActorProducer where TActor : ActorBase
{
    public Type ActorType => typeof(TActor);

    public ActorBase Produce() => create();

    public void Release(ActorBase actor) { }
}
