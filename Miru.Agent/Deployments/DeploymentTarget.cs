namespace Miru.Agent.Deployments;

/// <summary>What the cloud wants a deployment to be.</summary>
internal enum DeploymentTarget
{
    Staged,
    Deployed,
    Archived,
}
