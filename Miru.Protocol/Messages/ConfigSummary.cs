namespace Miru.Protocol;

/// <summary>A config without its content, as <see cref="Listed"/> names it.</summary>
/// <param name="Slug">Its name.</param>
/// <param name="Sequence">The sequence at which this content became current.</param>
/// <param name="Digest"><c>sha256:</c> and 64 lower-case hexadecimal digits.</param>
/// <param name="Deployment">Id of the deployment that brought it.</param>
/// <param name="Release">Version of the release it is part of.</param>
/// <param name="Format">What the content is, such as <c>json</c> or <c>yaml</c>.</param>
/// <param name="Path">Where the agent keeps the same bytes as a file, or null if it does not.</param>
/// <param name="Size">Size of the content in bytes.</param>
public sealed record ConfigSummary(
    string Slug, long Sequence, string Digest, string Deployment, string Release, string Format, string? Path, long Size);
