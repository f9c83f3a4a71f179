using Akka.Actor;

namespace Akka.Dispatch.SysMsg;

/// <summary>Takes one suspension back; with a cause, the failure behind it is forgiven.</summary>
internal sealed class Resume(Exception causedByFailure) : SystemMessage
{
    internal override CellState WaitsFrom => CellState.WaitingForChildren;

    internal override void Deliver(ActorCell cell) => cell.Faults.Resume(causedByFailure);
}
