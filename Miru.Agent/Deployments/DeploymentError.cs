namespace Miru.Agent.Deployments;

/// <summary>Whether a deployment is in trouble, in the contract's words. <see cref="Failed"/> is final.</summary>
internal enum DeploymentError
{
    None,
    Retrying,
    Failed,
}
