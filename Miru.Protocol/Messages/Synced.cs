using Newtonsoft.Json;

namespace Miru.Protocol;

/// <summary>Everything up to this sequence has been sent: the only frame that moves a cursor (clause watch-4).</summary>
/// <param name="Sequence">The sequence the watcher now holds, in the epoch of its <see cref="Watching"/>.</param>
public sealed record Synced(long Sequence) : Message
{
    /// <inheritdoc/>
    public override FrameKind Kind => FrameKind.Synced;

    internal override void WriteHeader(JsonWriter json) => json.WriteMember("sequence", Sequence);

    internal static Synced Read(JsonMembers header) => new(header.Natural("sequence"));
}
