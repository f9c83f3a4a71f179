namespace Miru.Agent.Configs;

/// <summary>The apply that was under way.</summary>
/// <param name="Committed">Whether it is decided. Before that no file an application reads was touched.</param>
/// <param name="Files">What it stages, none where it only removes; names and formats are known once it is committed.</param>
internal sealed record JournaledApply(string DeploymentId, bool Committed, IReadOnlyList<JournaledFile> Files);
