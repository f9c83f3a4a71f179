using Akka.Actor;

namespace Akka.Dispatch.SysMsg;

/// <summary>Asks for a notification when the watchee stops.</summary>
internal sealed class Watch(IInternalActorRef watchee, IInternalActorRef watcher) : SystemMessage
{
    internal IInternalActorRef Watchee => watchee;

    internal IInternalActorRef Watcher => watcher;

    internal override void Deliver(ActorCell cell) => cell.DeathWatch.AddWatcher(watchee, watcher);

    internal override void Undeliverable(ActorCell cell) => EmptyLocalActorRef.AnswerWatch(this);
}
