using Akka.Actor;

namespace Akka.Dispatch.SysMsg;

/// <summary>Makes the first instance of the actor.</summary>
internal sealed class Create : SystemMessage
{
    internal override void Deliver(ActorCell cell) => cell.Faults.Create();
}
