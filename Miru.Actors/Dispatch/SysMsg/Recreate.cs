using Akka.Actor;

namespace Akka.Dispatch.SysMsg;

/// <summary>Replaces the instance: the restart.</summary>
internal sealed class Recreate(Exception cause) : SystemMessage
{
    internal override CellState WaitsFrom => CellState.WaitingForChildren;

    internal override void Deliver(ActorCell cell) => cell.Faults.Recreate(cause);
}
