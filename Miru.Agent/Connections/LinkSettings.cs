using Miru.Agent.Settings;

namespace Miru.Agent.Connections;

/// <summary>The limits and rhythms of the link to applications. Sizes in bytes.</summary>
internal sealed record LinkSettings(
    TimeSpan HeartbeatInterval,
    TimeSpan HelloTimeout,
    TimeSpan FrameTimeout,
    TimeSpan StallTimeout,
    int MaxConnections,
    int MaxConnectionsPerUser,
    int MaxRequestSize,
    int MaxHelloSize,
    int InitialDemand,
    int MaxRequestsInFlight,
    TimeSpan ExcessPause,
    int SendBuffer,
    TimeSpan SyncTimeout)
{
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Blink = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static LinkSettings Read(SettingsReader settings) => new(
        settings.Duration("link.heartbeat-interval", Second, Minute),
        settings.Duration("link.hello-timeout", Blink, Minute),
        settings.Duration("link.frame-timeout", Blink, Minute),
        settings.Duration("link.stall-timeout", Second, 10 * Minute),
        settings.Whole("link.max-connections", 1, 16_384),
        settings.Whole("link.max-connections-per-user", 1, 16_384),
        settings.Size("link.max-request-size", 4 * 1024, 4 * 1024 * 1024),
        settings.Size("link.max-hello-size", 256, 64 * 1024),
        settings.Whole("link.initial-demand", 1, 65_535),
        settings.Whole("link.max-requests-in-flight", 1, 1_024),
        settings.Duration("link.excess-pause", Millisecond, Second),
        settings.Size("link.send-buffer", 4 * 1024, 1024 * 1024),
        settings.Duration("link.sync-timeout", Second, 10 * Minute));
}
