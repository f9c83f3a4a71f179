using Akka.Actor;

namespace Akka.Dispatch.SysMsg;

/// <summary>Stops the handling of user messages; counted.</summary>
internal sealed class Suspend : SystemMessage
{
    internal override CellState WaitsFrom => CellState.WaitingForChildren;

    internal override void Deliver(ActorCell cell) => cell.Faults.Suspend();
}
