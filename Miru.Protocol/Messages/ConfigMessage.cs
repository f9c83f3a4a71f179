using Newtonsoft.Json;

namespace Miru.Protocol;

/// <summary>A config: the answer to <see cref="Get"/>, or pushed to a watcher (clauses get-1 and watch-2).</summary>
/// <param name="Slug">Its name.</param>
/// <param name="Sequence">The sequence at which this content became current.</param>
/// <param name="Digest"><c>sha256:</c> and 64 lower-case hexadecimal digits over <paramref name="Content"/>.</param>
/// <param name="Deployment">Id of the deployment that brought it.</param>
/// <param name="Release">Version of the release it is part of.</param>
/// <param name="Format">What the content is, such as <c>json</c> or <c>yaml</c>.</param>
/// <param name="Path">Where the agent keeps the same bytes as a file, or null if it does not.</param>
/// <param name="Superseded">How many older changes this one replaced before they could be sent (latest wins).</param>
/// <param name="Content">The exact bytes. After decoding a slice of the frame's buffer: copy to keep.</param>
public sealed record ConfigMessage(
    string Slug,
    long Sequence,
    string Digest,
    string Deployment,
    string Release,
    string Format,
    string? Path,
    long Superseded,
    ReadOnlyMemory<byte> Content) : Message
{
    /// <inheritdoc/>
    public override FrameKind Kind => FrameKind.Config;

    internal override void WriteHeader(JsonWriter json)
    {
        json.WriteMember("slug", Slug);
        json.WriteMember("sequence", Sequence);
        json.WriteMember("digest", Digest);
        json.WriteMember("deployment", Deployment);
        json.WriteMember("release", Release);
        json.WriteMember("format", Format);
        json.WriteOptionalMember("path", Path);
        json.WriteCount("superseded", Superseded);
    }

    internal override ReadOnlyMemory<byte> EncodeBody() => Content;

    internal static ConfigMessage Read(JsonMembers header, ReadOnlyMemory<byte> body) => new(
        header.String("slug"),
        header.Natural("sequence"),
        header.String("digest"),
        header.String("deployment"),
        header.String("release"),
        header.String("format"),
        header.OptionalString("path"),
        header.OptionalNatural("superseded"),
        body);
}
