using Newtonsoft.Json;

namespace Miru.Protocol;

/// <summary>The agent stops (clause bye-1). The connection closes after it.</summary>
/// <param name="ReconnectAfter">When it is worth connecting again, in whole milliseconds; a hint.</param>
public sealed record Goodbye(TimeSpan ReconnectAfter) : Message
{
    /// <inheritdoc/>
    public override FrameKind Kind => FrameKind.Goodbye;

    internal override void WriteHeader(JsonWriter json) =>
        json.WriteMember("reconnect_ms", (long)ReconnectAfter.TotalMilliseconds);

    internal static Goodbye Read(JsonMembers header) =>
        new(TimeSpan.FromMilliseconds(header.Integer("reconnect_ms", 0, int.MaxValue)));
}
