namespace Miru.Agent.Deployments;

/// <summary>
/// The deployment state machine: target by activity, and what must wait for what. Two rules stand above the table: the current deployment
/// stays in place until its successor is wholly written, and nothing is removed while a successor is still trying.
/// </summary>
internal static class DeploymentMachine
{
    /// <summary>The next step of one deployment, looked at alone.</summary>
    public static DeploymentStep Next(DeploymentTarget target, DeploymentActivity activity) => (target, activity) switch
    {
        (DeploymentTarget.Deployed, DeploymentActivity.Queued or DeploymentActivity.Removing or DeploymentActivity.Archived) => DeploymentStep.Deploy,
        (DeploymentTarget.Deployed, _) => DeploymentStep.None,
        (_, DeploymentActivity.Deployed or DeploymentActivity.Removing) => DeploymentStep.Withdraw,
        (_, DeploymentActivity.Queued) => DeploymentStep.Archive,
        (DeploymentTarget.Archived, DeploymentActivity.Drifted or DeploymentActivity.Staged) => DeploymentStep.Archive,
        _ => DeploymentStep.None,
    };

    /// <summary>The next step of every deployment on the device, looked at together.</summary>
    /// <param name="conflict">
    /// More than one deployment asks to be the current one. The contract excludes it; guessing could run the wrong config, so none is
    /// deployed and nothing is removed until the cloud has made up its mind.
    /// </param>
    public static IReadOnlyDictionary<string, DeploymentStep> Plan(
        IReadOnlyCollection<DeploymentState> deployments, DateTimeOffset now, out bool conflict)
    {
        var claims = deployments.Count(state => state.Target == DeploymentTarget.Deployed && state.Error != DeploymentError.Failed);
        var successorTries = deployments.Any(state => state.Error != DeploymentError.Failed && Next(state.Target, state.Activity) == DeploymentStep.Deploy);
        var successorFailed = deployments.Any(state => state.Error == DeploymentError.Failed && state.Target == DeploymentTarget.Deployed);
        conflict = claims > 1;
        var removalsWait = conflict || successorTries || successorFailed;

        var plan = new Dictionary<string, DeploymentStep>(deployments.Count, StringComparer.Ordinal);
        foreach (var state in deployments)
        {
            plan[state.Id] = Step(state, now, conflict, removalsWait);
        }

        return plan;
    }

    private static DeploymentStep Step(DeploymentState state, DateTimeOffset now, bool conflict, bool removalsWait)
    {
        var step = Next(state.Target, state.Activity);
        if (state.Error == DeploymentError.Failed)
        {
            // Final: it is never deployed again, but the cloud may still put it away.
            return step == DeploymentStep.Archive ? step : DeploymentStep.None;
        }

        return step switch
        {
            DeploymentStep.Deploy when conflict => DeploymentStep.Wait,
            DeploymentStep.Withdraw when removalsWait => DeploymentStep.Wait,
            DeploymentStep.Deploy or DeploymentStep.Withdraw when state.RetryAt > now => DeploymentStep.Wait,
            _ => step,
        };
    }
}
