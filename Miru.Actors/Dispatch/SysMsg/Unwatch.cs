using Akka.Actor;

namespace Akka.Dispatch.SysMsg;

/// <summary>Takes a watch back.</summary>
internal sealed class Unwatch(IInternalActorRef watchee, IInternalActorRef watcher) : SystemMessage
{
    internal IInternalActorRef Watcher => watcher;

    internal override void Deliver(ActorCell cell) => cell.DeathWatch.RemoveWatcher(watchee, watcher);
}
