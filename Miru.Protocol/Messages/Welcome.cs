using Newtonsoft.Json;

namespace Miru.Protocol;

/// <summary>Answers <see cref="Hello"/> (clauses hello-1 and hello-2): the connection is open.</summary>
/// <param name="Protocol">The highest common protocol version.</param>
/// <param name="Features">Features the agent announces.</param>
/// <param name="Agent">The agent and its version, such as <c>miru-agent/0.1.0</c>.</param>
/// <param name="Device">The device's id in the cloud, or null if the device is not provisioned.</param>
/// <param name="Head">The newest state of the agent's store.</param>
/// <param name="MaxLength">The largest length field the agent accepts from now on, in bytes.</param>
/// <param name="MaxInFlight">Requests that may be in flight; the agent reads no further beyond it.</param>
/// <param name="Demand">The initial window: pushed frames that may come before the first <see cref="Miru.Protocol.Demand"/>.</param>
/// <param name="HeartbeatInterval">Time between heartbeats, in whole milliseconds.</param>
public sealed record Welcome(
    int Protocol,
    IReadOnlyList<string> Features,
    string Agent,
    string? Device,
    Cursor Head,
    int MaxLength,
    int MaxInFlight,
    int Demand,
    TimeSpan HeartbeatInterval) : Message
{
    /// <inheritdoc/>
    public override FrameKind Kind => FrameKind.Welcome;

    internal override void WriteHeader(JsonWriter json)
    {
        json.WriteMember("protocol", Protocol);
        json.WriteMember("features", Features);
        json.WriteMember("agent", Agent);
        json.WriteOptionalMember("device", Device);
        json.WriteCursor(Head);
        json.WriteMember("max_length", MaxLength);
        json.WriteMember("max_in_flight", MaxInFlight);
        json.WriteMember("demand", Demand);
        json.WriteMember("heartbeat_ms", (long)HeartbeatInterval.TotalMilliseconds);
    }

    internal static Welcome Read(JsonMembers header) => new(
        header.Integer("protocol", 1, int.MaxValue),
        header.OptionalStrings("features"),
        header.String("agent"),
        header.OptionalString("device"),
        header.Cursor(),
        header.Integer("max_length", ProtocolLimits.MinLength, ProtocolLimits.MaxLength),
        header.Integer("max_in_flight", 1, ushort.MaxValue),
        header.Integer("demand", 0, ProtocolLimits.MaxDemand),
        TimeSpan.FromMilliseconds(header.Integer("heartbeat_ms", 1, int.MaxValue)));
}
