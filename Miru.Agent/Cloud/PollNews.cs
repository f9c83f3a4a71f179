using Akka.Actor;
using Akka.Event;
using Miru.Agent.Cloud.Api;
using Miru.Agent.Cloud.Scheduling;
using Miru.Agent.Health;

namespace Miru.Agent.Cloud;

/// <summary>Says how the polls go: once in the log for each turn of events, always in the status. Belongs to the poller alone.</summary>
internal sealed class PollNews(ILoggingAdapter log, IActorRef status, TimeProvider time)
{
    /// <param name="isTurn">The poll before had failed.</param>
    /// <param name="next">Until the next poll; null where changes arrive by themselves.</param>
    public void Reachable(bool isTurn, TimeSpan? next)
    {
        if (isTurn)
        {
            log.Info("The cloud is reachable again.");
        }

        status.Tell(new CloudReported(CloudState.Reachable, null, time.GetUtcNow() + next));
    }

    /// <summary>Says nothing in the status: a hold that was cut is no news from the cloud.</summary>
    public void Cut(CloudFailure failure, TimeSpan hold, TimeSpan next) =>
        log.Debug("A held request was cut: {0}. The next one, in {1}, may be held for {2}.", failure.Reason, Pause.Words(next), Pause.Words(hold));

    /// <param name="isTurn">The poll before had not failed.</param>
    /// <param name="next">Until the next poll.</param>
    public void Unreachable(CloudFailure failure, SyncOutcome outcome, bool isTurn, TimeSpan next)
    {
        if (isTurn || failure.Kind == FailureKind.Stop)
        {
            log.Warning("No news from the cloud: {0}. The configs in place stay; next attempt in {1}.", failure.Reason, Pause.Words(next));
        }
        else
        {
            log.Debug("Still no news from the cloud: {0}. Next attempt in {1}.", failure.Reason, Pause.Words(next));
        }

        status.Tell(new CloudReported(CloudState.Unreachable, new CloudProblem(CloudProblemCodes.Of(failure, outcome), failure.Reason), time.GetUtcNow() + next));
    }
}
