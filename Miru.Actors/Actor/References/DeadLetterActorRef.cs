using Akka.Event;

namespace Akka.Actor;

/// <summary>Where messages end whose receiver is gone: published as <see cref="DeadLetter"/> on the event stream.</summary>
internal sealed class DeadLetterActorRef(IActorRefProvider provider, ActorPath path, EventStream eventStream) : EmptyLocalActorRef(provider, path, eventStream)
{
    public override bool IsTerminated => false;
}
