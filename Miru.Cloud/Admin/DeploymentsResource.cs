namespace Miru.Cloud.Admin;

/// <summary>Answer to <c>POST /admin/v1/deployments</c>: one deployment per device, never paged.</summary>
internal sealed record DeploymentsResource(IReadOnlyList<AdminDeploymentResource> Data);
