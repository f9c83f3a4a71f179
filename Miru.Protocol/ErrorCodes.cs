namespace Miru.Protocol;

/// <summary>The stable codes of ERROR frames (clause error-1), each with what the application should do.</summary>
public static class ErrorCodes
{
    /// <summary>No protocol version in common. Upgrade the older of the two sides; retrying does not help.</summary>
    public const string ProtocolUnsupported = "protocol_unsupported";

    /// <summary>A frame broke a clause, and the connection closes. A bug in one side: report it with the clause.</summary>
    public const string ProtocolViolation = "protocol_violation";

    /// <summary>No config has this slug, or this peer may not see it. Check the slug, or watch it until it exists.</summary>
    public const string ConfigNotFound = "config_not_found";

    /// <summary>The peer's user may not do this. Check its groups and the agent's access rules.</summary>
    public const string AccessDenied = "access_denied";

    /// <summary>Too many connections or requests. Retry after a pause; close clients that are not needed.</summary>
    public const string Busy = "busy";

    /// <summary>A request or a config is over its size limit. Make it smaller; retrying does not help.</summary>
    public const string TooLarge = "too_large";

    /// <summary>The agent did not finish in time. Retry.</summary>
    public const string Timeout = "timeout";

    /// <summary>The agent is starting, or cannot reach the cloud. Retry after a pause.</summary>
    public const string NotReady = "not_ready";

    /// <summary>The agent cannot read or write its disk. Check space and permissions of its state directory.</summary>
    public const string StorageFailed = "storage_failed";

    /// <summary>A bug in the agent; its log has the cause. Retrying may help.</summary>
    public const string Internal = "internal";

    /// <summary>Every code, in the order of <c>docs/protocol.md</c>.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        ProtocolUnsupported, ProtocolViolation, ConfigNotFound, AccessDenied, Busy,
        TooLarge, Timeout, NotReady, StorageFailed, Internal,
    ];
}
