namespace Miru.Agent.Configs;

/// <summary>What an instance turned out to be: bytes by digest, or a refusal.</summary>
internal sealed record InstanceRecord(string? Digest, string? ContentType, string? RefusalCode, string? RefusalReason);
