using Newtonsoft.Json;

namespace Miru.Protocol;

/// <summary>Answers <see cref="Watch"/>: what follows, and the state it leads to (clauses watch-1 and watch-4).</summary>
/// <param name="Head">The state of the store that the frames after this one lead to.</param>
/// <param name="Full">True if the full snapshot follows; false if only what changed after the cursor does.</param>
/// <param name="Slugs">All slugs of a full snapshot: a slug that is not among them is gone. Empty if not full. Travels in the body.</param>
public sealed record Watching(Cursor Head, bool Full, IReadOnlyList<string> Slugs) : Message
{
    /// <inheritdoc/>
    public override FrameKind Kind => FrameKind.Watching;

    internal override void WriteHeader(JsonWriter json)
    {
        json.WriteCursor(Head);
        json.WriteMember("full", Full);
    }

    internal override ReadOnlyMemory<byte> EncodeBody() =>
        Full ? JsonEncoder.Encode(Slugs, static (json, slugs) => json.WriteStrings(slugs)) : ReadOnlyMemory<byte>.Empty;

    internal static Watching Read(JsonMembers header, ReadOnlyMemory<byte> body)
    {
        var full = header.Boolean("full");
        return new(header.Cursor(), full, full ? JsonText.ParseStrings(body.Span) : []);
    }
}
