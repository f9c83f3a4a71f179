namespace Miru.Cloud.Agent;

/// <summary>The contract's <c>ProvisionDeviceRequest</c>, and without the name its <c>ReprovisionDeviceRequest</c>.</summary>
internal sealed record ProvisionDeviceRequest(string? PublicKeyPem, string? AgentVersion, string? Name);

/// <summary>The contract's <c>UpdateDeviceFromAgentRequest</c>.</summary>
internal sealed record UpdateDeviceRequest(string? AgentVersion);
