using Newtonsoft.Json;

namespace Miru.Protocol;

/// <summary>Asks for one config (clause get-1). Answered by <see cref="ConfigMessage"/> or <c>config_not_found</c>.</summary>
/// <param name="Slug">The config's name.</param>
public sealed record Get(string Slug) : Message
{
    /// <inheritdoc/>
    public override FrameKind Kind => FrameKind.Get;

    /// <inheritdoc/>
    public override bool Asks => true;

    internal override void WriteHeader(JsonWriter json) => json.WriteMember("slug", Slug);

    internal static Get Read(JsonMembers header) => new(header.String("slug"));
}
