namespace Miru.Protocol;

/// <summary>The numbers both sides of the link agree on, each with the clause that sets it.</summary>
public static class ProtocolLimits
{
    /// <summary>The protocol version this library speaks (clause hello-2).</summary>
    public const int Version = 1;

    /// <summary>Size of the length field, in bytes (frame-1).</summary>
    public const int LengthSize = 4;

    /// <summary>Size of everything before the header, in bytes (frame-1).</summary>
    public const int PreambleSize = 12;

    /// <summary>The smallest value of the length field: a frame without header and body (frame-2).</summary>
    public const int MinLength = 8;

    /// <summary>The largest value of the length field: 4 MiB (frame-2).</summary>
    public const int MaxLength = 4 * 1024 * 1024;

    /// <summary>The largest length the agent accepts unless WELCOME announces another, in bytes (frame-2).</summary>
    public const int DefaultAgentMaxLength = 64 * 1024;

    /// <summary>The largest length the agent accepts before WELCOME, in bytes (frame-2).</summary>
    public const int HelloMaxLength = 4 * 1024;

    /// <summary>The largest header, in bytes (frame-3).</summary>
    public const int MaxHeader = 4 * 1024;

    /// <summary>How deep JSON in a header or body may nest (frame-3).</summary>
    public const int MaxJsonDepth = 16;

    /// <summary>The largest content of one config, in bytes: what a frame holds, less room for its header (frame-2).</summary>
    public const int MaxConfigSize = MaxLength - 64 * 1024;

    /// <summary>The most pushed frames that may be granted and outstanding, and the most one DEMAND adds (demand-1).</summary>
    public const int MaxDemand = 65_535;

    /// <summary>Requests that may be in flight on one connection (demand-1).</summary>
    public const int MaxInFlight = 32;

    /// <summary>How many silent heartbeat intervals close a connection (beat-1).</summary>
    public const int SilentIntervals = 3;

    /// <summary>Time from connecting to a whole HELLO (hello-1).</summary>
    public static TimeSpan HelloDeadline { get; } = TimeSpan.FromSeconds(2);

    /// <summary>Time from the first byte of a frame to its last (frame-5).</summary>
    public static TimeSpan FrameDeadline { get; } = TimeSpan.FromSeconds(5);

    /// <summary>Time between heartbeats unless WELCOME announces another (beat-1).</summary>
    public static TimeSpan HeartbeatInterval { get; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a peer may accept no byte while bytes wait for it (stall-1).</summary>
    public static TimeSpan StallDeadline { get; } = TimeSpan.FromSeconds(30);
}
