namespace Miru.Agent.Deployments.Files;

/// <summary>Bytes that should stand at a path.</summary>
/// <param name="Digest"><c>sha256:…</c> of <paramref name="Content"/>.</param>
internal sealed record WantedFile(string Path, string Digest, ReadOnlyMemory<byte> Content);
