namespace Akka.Actor;

/// <summary>Swallows every message without a trace: the sender to give when no answer is wanted.</summary>
internal sealed class IgnoreActorRef(ActorPath path) : MinimalActorRef
{
    public override ActorPath Path { get; } = path;
}
