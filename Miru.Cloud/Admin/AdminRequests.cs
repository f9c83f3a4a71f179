namespace Miru.Cloud.Admin;

/// <summary>Body of <c>POST /admin/v1/provisioning-tokens</c>.</summary>
internal sealed record MintTokenRequest(string? DeviceName);

/// <summary>Body of <c>POST /admin/v1/deployments</c>. No device means all of them.</summary>
internal sealed record CreateDeploymentRequest(string? ReleaseId, string? DeviceId, string? Description);
