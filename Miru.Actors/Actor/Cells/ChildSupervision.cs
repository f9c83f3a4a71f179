using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>What a parent does when it hears of a child: of its failure, by the strategy of the current instance, and of its end.</summary>
internal static class ChildSupervision
{
    /// <summary>
    /// Asks the strategy. When it escalates, or fails itself, the parent fails in the child's place. A report by an incarnation that is
    /// gone must not be answered for by its successor of the same name.
    /// </summary>
    internal static void ChildFailed(ActorCell parent, Failed failed)
    {
        var stats = parent.IsLeaf ? null : parent.Children.Find(failed.Child);
        if (stats is null || stats.Uid != failed.Uid) return;
        // The strategy knows the failed child as the sender; a handler that is awaiting finds its own one again.
        var sender = parent.Reception.ExchangeSender(failed.Child);
        try
        {
            if (!parent.Actor.Strategy.HandleFailure(parent, failed.Child, failed.Cause, stats, new ChildStatsSnapshot(parent.Children)))
                parent.Faults.HandleFailureOf(failed.Child, failed.Cause);
        }
        catch (Exception failure)
        {
            parent.Faults.HandleFailureOf(failed.Child, failure);
        }
        finally
        {
            parent.Reception.ExchangeSender(sender);
        }
    }

    /// <summary>Frees the child's name, tells the strategy, and goes on with what waited for the child.</summary>
    internal static void ChildTerminated(ActorCell parent, IActorRef child)
    {
        var waited = parent.Children.Remove(child);
        if (parent.Actor is { } actor)
        {
            try { actor.Strategy.HandleChildTerminated(parent, child, parent.Children.RefsWhenAsked()); }
            catch (Exception failure) { parent.Faults.HandleFailure(failure); }
        }
        parent.Faults.GoOn(waited);
    }
}
