namespace Miru.Agent.Deployments.Files;

/// <summary>One file of a deployment.</summary>
/// <param name="Staged">Its bytes wait beside the path; otherwise they are in place already.</param>
internal sealed record PlannedFile(string Path, string Digest, bool Staged);
