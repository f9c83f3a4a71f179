using Akka.Actor;

namespace Akka.Dispatch.SysMsg;

/// <summary>Stops the actor, its children first.</summary>
internal sealed class Terminate : SystemMessage
{
    internal override void Deliver(ActorCell cell) => cell.Faults.Terminate();
}
