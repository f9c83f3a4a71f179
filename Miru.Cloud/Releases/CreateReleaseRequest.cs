namespace Miru.Cloud.Releases;

/// <summary>Body of <c>POST /admin/v1/releases</c>, as it came.</summary>
internal sealed record CreateReleaseRequest(string? Version, IReadOnlyList<CreateConfigRequest?>? Configs);

internal sealed record CreateConfigRequest(string? ConfigTypeName, string? Filepath, string? Format, byte[]? ContentBase64);
