namespace Miru.Cloud.Releases;

/// <summary>A release that passed validation and is not stored yet.</summary>
/// <param name="Warnings">What is odd about it, in words; never a reason to refuse.</param>
internal sealed record ReleaseDraft(string Version, IReadOnlyList<ConfigDraft> Configs, IReadOnlyList<string> Warnings);

internal sealed record ConfigDraft(string ConfigTypeName, string Filepath, string Format, byte[] Content);
