namespace Miru.Agent.Connections;

/// <summary>What the agent offers a connection, and announces in WELCOME.</summary>
/// <param name="Agent">Name and version, such as <c>miru-agent/0.1.0</c>.</param>
/// <param name="Device">The device's id in the cloud; <c>null</c> before it is provisioned.</param>
/// <param name="MaxLength">The largest length field accepted after WELCOME, in bytes.</param>
/// <param name="MaxInFlight">Answers that may wait to be sent before the agent reads no further.</param>
/// <param name="MaxWatches">Watches one connection may keep open at once: with the 4 KiB of a header they bound its memory.</param>
/// <param name="InitialDemand">Pushed frames that may go out before the first DEMAND.</param>
/// <param name="HeartbeatInterval">Time between heartbeats.</param>
/// <param name="StallDeadline">How long bytes may wait for a peer that accepts none.</param>
/// <param name="ReconnectHint">What GOODBYE tells the application to wait.</param>
internal sealed record ConnectionTerms(
    string Agent,
    string? Device,
    int MaxLength,
    int MaxInFlight,
    int MaxWatches,
    int InitialDemand,
    TimeSpan HeartbeatInterval,
    TimeSpan StallDeadline,
    TimeSpan ReconnectHint)
{
    /// <summary>Whole heartbeats after which a peer that accepts nothing is closed ([stall-1]).</summary>
    public int StalledBeats => (int)Math.Ceiling(StallDeadline / HeartbeatInterval);
}
