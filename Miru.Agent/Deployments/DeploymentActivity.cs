namespace Miru.Agent.Deployments;

/// <summary>What a deployment is on this device, in the contract's words.</summary>
internal enum DeploymentActivity
{
    Drifted,
    Staged,
    Queued,
    Deployed,
    Removing,
    Archived,
}
