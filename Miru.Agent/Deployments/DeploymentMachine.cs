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

    /// <summary>What must wait for what, with every deployment on the device looked at together.</summary>
    public static DeploymentPlan Plan(IReadOnlyCollection<DeploymentState> deployments, DateTimeOffset now)
    {
        var claims = deployments.Count(state => state.Target == DeploymentTarget.Deployed && state.Error != DeploymentError.Failed);
        var successorTries = deployments.Any(state => state.Error != DeploymentError.Failed && Next(state.Target, state.Activity) == DeploymentStep.Deploy);
        var successorFailed = deployments.Any(state => state.Error == DeploymentError.Failed && state.Target == DeploymentTarget.Deployed);
        var conflict = claims > 1;
        return new DeploymentPlan(now, conflict, RemovalsWait: conflict || successorTries || successorFailed);
    }
}
