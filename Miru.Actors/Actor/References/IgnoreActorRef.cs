namespace Akka.Actor;

/// <summary>Swallows every message without a trace: the sender to give when no answer is wanted.</summary>
internal sealed class IgnoreActorRef(IActorRefProvider provider, ActorPath path) : MinimalActorRef
{
    public override ActorPath Path { get; } = path;

    public override IActorRefProvider Provider => provider;
}
