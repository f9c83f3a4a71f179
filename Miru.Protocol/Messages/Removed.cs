using Newtonsoft.Json;

namespace Miru.Protocol;

/// <summary>A watched config ceased to exist; the subscription stays (clause watch-3).</summary>
/// <param name="Slug">Its name.</param>
/// <param name="Sequence">The sequence at which it ceased to exist.</param>
/// <param name="Superseded">How many older changes of it this one replaced before they could be sent.</param>
public sealed record Removed(string Slug, long Sequence, long Superseded) : Message
{
    /// <inheritdoc/>
    public override FrameKind Kind => FrameKind.Removed;

    internal override void WriteHeader(JsonWriter json)
    {
        json.WriteMember("slug", Slug);
        json.WriteMember("sequence", Sequence);
        json.WriteCount("superseded", Superseded);
    }

    internal static Removed Read(JsonMembers header) =>
        new(header.String("slug"), header.Natural("sequence"), header.OptionalNatural("superseded"));
}
