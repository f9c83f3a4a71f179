using Newtonsoft.Json;

namespace Miru.Protocol;

/// <summary>Answers <see cref="List"/>: what exists for this peer at one sequence. The list travels in the body.</summary>
/// <param name="Head">The state of the store it is true for.</param>
/// <param name="Configs">The configs, in the order the agent sent.</param>
public sealed record Listed(Cursor Head, IReadOnlyList<ConfigSummary> Configs) : Message
{
    /// <inheritdoc/>
    public override FrameKind Kind => FrameKind.Listed;

    internal override void WriteHeader(JsonWriter json) => json.WriteCursor(Head);

    internal override ReadOnlyMemory<byte> EncodeBody() => JsonEncoder.Encode(Configs, static (json, configs) =>
    {
        json.WriteStartArray();
        foreach (var config in configs)
        {
            json.WriteStartObject();
            json.WriteMember("slug", config.Slug);
            json.WriteMember("sequence", config.Sequence);
            json.WriteMember("digest", config.Digest);
            json.WriteMember("deployment", config.Deployment);
            json.WriteMember("release", config.Release);
            json.WriteMember("format", config.Format);
            json.WriteOptionalMember("path", config.Path);
            json.WriteMember("size", config.Size);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    internal static Listed Read(JsonMembers header, ReadOnlyMemory<byte> body) =>
        new(header.Cursor(), JsonText.ParseObjects(body.Span).ConvertAll(static config => new ConfigSummary(
            config.String("slug"),
            config.Natural("sequence"),
            config.String("digest"),
            config.String("deployment"),
            config.String("release"),
            config.String("format"),
            config.OptionalString("path"),
            config.Natural("size"))));
}
