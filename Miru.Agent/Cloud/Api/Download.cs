namespace Miru.Agent.Cloud.Api;

/// <summary>The exact bytes of a config instance, and what the cloud calls them.</summary>
internal sealed record Download(byte[] Content, string? ContentType);
