namespace Miru.Agent.Deployments.Files;

/// <summary>A file the agent put there and has not taken away.</summary>
/// <param name="Digest">What it wrote; null where an older agent did not remember.</param>
internal sealed record OwnedFile(string Path, string? Digest);
