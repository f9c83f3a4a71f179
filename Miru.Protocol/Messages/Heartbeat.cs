using Newtonsoft.Json;

namespace Miru.Protocol;

/// <summary>The agent is alive, and this is the newest state of its store (clause beat-1).</summary>
/// <param name="Head">A watcher whose cursor is older knows that it is behind.</param>
public sealed record Heartbeat(Cursor Head) : Message
{
    /// <inheritdoc/>
    public override FrameKind Kind => FrameKind.Heartbeat;

    internal override void WriteHeader(JsonWriter json) => json.WriteCursor(Head);

    internal static Heartbeat Read(JsonMembers header) => new(header.Cursor());
}
