namespace Miru.Agent.Configs;

/// <summary>
/// One config as the applications of this robot see it: a slug, the exact bytes the cloud published, and where they came from.
/// Immutable, so every connection may hold and send the same instance.
/// </summary>
/// <param name="Slug">The name applications use, for example <c>motion-control</c>.</param>
/// <param name="Sequence">The sequence at which these bytes became current; 1 or more.</param>
/// <param name="Digest"><c>sha256:</c> and 64 lower-case hex digits of <paramref name="Content"/>.</param>
/// <param name="DeploymentId">The deployment that carries it now.</param>
/// <param name="Release">The release's version as people know it, for example <c>v1.4.2</c>; its id where the cloud gave no version.</param>
/// <param name="Format">The file path's extension, else the content type's: <c>json</c>, <c>yaml</c>, <c>text</c>, <c>bin</c> …</param>
/// <param name="FilePath">Where the deployer writes it; absolute.</param>
/// <param name="Content">The exact bytes; never re-encoded.</param>
internal sealed record ConfigVersion(
    string Slug,
    long Sequence,
    string Digest,
    string DeploymentId,
    string Release,
    string Format,
    string FilePath,
    ReadOnlyMemory<byte> Content)
{
    private ConfigVersion(ConfigVersion original)
    {
        (Slug, Sequence, Digest, DeploymentId) = (original.Slug, original.Sequence, original.Digest, original.DeploymentId);
        (Release, Format, FilePath, Content) = (original.Release, original.Format, original.FilePath, original.Content);
        Memo = new Memo();
    }

    /// <summary>The frame that carries it.</summary>
    internal Memo Memo { get; } = new();
}
