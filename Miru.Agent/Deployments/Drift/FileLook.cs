using Miru.Agent.Deployments.Files;

namespace Miru.Agent.Deployments.Drift;

/// <summary>What one look found where a deployed file should stand.</summary>
/// <param name="Drift">How that differs from what was deployed; null if it does not.</param>
/// <param name="Digest">Of the bytes that stand there; null where there are none, or none to be read.</param>
/// <param name="Reason">For people; null if nothing drifted.</param>
/// <param name="Places">The directories on the way that exist, from the allowed root downwards.</param>
internal sealed record FileLook(DriftKind? Drift, string? Digest, string? Reason, IReadOnlyList<DirectoryPlace> Places);
