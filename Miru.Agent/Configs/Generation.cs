using Miru.Agent.Deployments;

namespace Miru.Agent.Configs;

/// <summary>A deployment that was current once and can be again without the cloud.</summary>
/// <param name="Sequence">The sequence at which it became current last.</param>
/// <param name="IsComplete">Whether all its contents are still here.</param>
internal sealed record Generation(string DeploymentId, string Release, long Sequence, DeploymentActivity Activity, DeploymentHold Hold, bool IsComplete)
{
    public bool IsCurrent => Activity is DeploymentActivity.Deployed or DeploymentActivity.Removing;
}
