namespace Quickstart;

/// <summary>A release on its way: what was published, and when the request to deploy it was sent.</summary>
internal sealed record Publication(string Version, string DeploymentId, long PublishedAt, IReadOnlyList<ConfigFile> Files);
