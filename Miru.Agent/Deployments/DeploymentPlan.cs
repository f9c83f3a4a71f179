namespace Miru.Agent.Deployments;

/// <summary>What all deployments on the device together allow each of them. Pure.</summary>
/// <param name="Now">The time.</param>
/// <param name="Conflict">
/// More than one deployment asks to be the current one. The contract excludes it; guessing could run the wrong config, so none is
/// deployed and nothing is removed until the cloud has made up its mind.
/// </param>
/// <param name="RemovalsWait">Something else has to be in place before anything is taken away.</param>
internal sealed record DeploymentPlan(DateTimeOffset Now, bool Conflict, bool RemovalsWait)
{
    /// <summary>The next step of one of them.</summary>
    public DeploymentStep StepOf(DeploymentState state)
    {
        var step = DeploymentMachine.Next(state.Target, state.Activity);
        if (state.Error == DeploymentError.Failed)
        {
            // Final: it is never deployed again, but the cloud may still put it away.
            return step == DeploymentStep.Archive ? step : DeploymentStep.None;
        }

        return step switch
        {
            DeploymentStep.Deploy when Conflict => DeploymentStep.Wait,
            DeploymentStep.Withdraw when RemovalsWait => DeploymentStep.Wait,
            DeploymentStep.Deploy or DeploymentStep.Withdraw when state.RetryAt > Now => DeploymentStep.Wait,
            _ => step,
        };
    }
}
