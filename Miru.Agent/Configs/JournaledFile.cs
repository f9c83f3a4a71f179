namespace Miru.Agent.Configs;

/// <summary>One file of a journaled apply.</summary>
/// <param name="Staged">Whether its bytes wait beside its path; otherwise they were in place when the apply began.</param>
internal sealed record JournaledFile(
    string Path, string Digest, bool Staged, string Slug, string Format, string ConfigTypeName, string? ContentType);
