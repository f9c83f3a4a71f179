namespace Miru.Agent.Connections;

/// <summary>What the agent offers a connection, and announces in WELCOME.</summary>
/// <param name="Agent">Name and version, such as <c>miru-agent/0.1.0</c>.</param>
/// <param name="Device">The device's id in the cloud; <c>null</c> before it is provisioned.</param>
/// <param name="Link">Limits and rhythms.</param>
internal sealed record ConnectionTerms(string Agent, string? Device, LinkSettings Link)
{
    /// <summary>Watches one connection may keep open at once; with the 4 KiB of a header they bound the names it can hold.</summary>
    public const int MaxWatches = 32;

    /// <summary>What GOODBYE tells an application to wait before it comes back: a restart takes less.</summary>
    public static readonly TimeSpan ReconnectHint = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Heartbeats in a row without progress after which a peer that accepts nothing is closed ([stall-1]). One more than fit in
    /// the time, because the first may come right after the last byte went.
    /// </summary>
    public int StalledBeats => (int)Math.Ceiling(Link.StallTimeout / Link.HeartbeatInterval) + 1;
}
