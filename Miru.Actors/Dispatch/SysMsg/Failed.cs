using Akka.Actor;

namespace Akka.Dispatch.SysMsg;

/// <summary>A child reports its failure. The uid names the incarnation that failed: an older one of the same name must not be answered for.</summary>
internal sealed class Failed(IActorRef child, Exception cause, long uid) : SystemMessage
{
    internal IActorRef Child => child;

    internal Exception Cause => cause;

    internal long Uid => uid;

    internal override CellState WaitsFrom => CellState.Suspended;

    internal override void Deliver(ActorCell cell) => ChildSupervision.ChildFailed(cell, this);

    public override string ToString() => $"<Failed>: {child} ({uid}) {cause.Message}";
}
