namespace Miru.Agent.Cloud.Api;

/// <summary>What the cloud calls this device.</summary>
internal sealed record EnrolledDevice(string Id, string SessionId, string Name);
