namespace Miru.Agent.Configs;

/// <summary>What became of the wish to roll back.</summary>
/// <param name="DeploymentId">The deployment that is wanted now; null if nothing changed.</param>
/// <param name="Message">What happens now, or why nothing does and what to check; for people.</param>
internal sealed record RollbackResult(string? DeploymentId, string Message);
