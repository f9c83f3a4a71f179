using Akka.Actor;

namespace Akka.Dispatch.SysMsg;

/// <summary>Someone this actor watches, or a child of it, has stopped.</summary>
internal sealed class DeathWatchNotification(IActorRef actor, bool existenceConfirmed, bool addressTerminated) : SystemMessage
{
    internal IActorRef Actor => actor;

    internal bool ExistenceConfirmed => existenceConfirmed;

    internal bool AddressTerminated => addressTerminated;

    internal override void Deliver(ActorCell cell) => cell.DeathWatch.WatchedActorTerminated(this);
}
