using Miru.Agent.Cloud;
using Miru.Agent.Configs;
using Miru.Protocol;

namespace Miru.Agent.Connections;

/// <summary>
/// What the agent answers, in words. No answer repeats what a peer sent: a slug of 4 KiB would not fit the header that says that it
/// does not exist.
/// </summary>
internal static class Answers
{
    // A reason may quote a peer's bytes; the header that carries it holds 4 KiB, and escaping makes one byte six.
    private const int LongestReason = 512;

    public static ErrorMessage NotFound { get; } =
        new(ErrorCodes.ConfigNotFound, "no config of this name; watch it to hear when it appears", null, Retryable: false);

    public static ErrorMessage Unsupported { get; } =
        new(ErrorCodes.ProtocolUnsupported, $"this agent speaks protocol {ProtocolLimits.Version}", Clauses.Hello2, Retryable: false);

    public static ErrorMessage TooManyWatches { get; } =
        new(ErrorCodes.Busy, $"{ConnectionTerms.MaxWatches} watches are open; end one first", null, Retryable: true);

    public static ErrorMessage TooManyConnections { get; } =
        new(ErrorCodes.Busy, "too many connections; close some, then retry", Clauses.Limit1, Retryable: true);

    public static ErrorMessage Overdue { get; } =
        new(ErrorCodes.Timeout, "the agent found no answer in time; it keeps trying, so ask again later", null, Retryable: true);

    public static ErrorMessage Silent { get; } =
        new(ErrorCodes.Timeout, "nothing was heard for three heartbeats", Clauses.Beat1, Retryable: true);

    public static ErrorMessage Violated(Violation violation) => ErrorMessage.For(violation with { Reason = Cut(violation.Reason) });

    /// <summary>The peer's user may not ask this. Says nothing about what there is.</summary>
    public static ErrorMessage Denied(Message request) => new(
        ErrorCodes.AccessDenied, $"no rule of miru.access.rules lets this user or its groups {Verb(request)}", Clauses.Hello3, Retryable: false);

    /// <summary>How a sync ended.</summary>
    public static Message Of(SyncFinished finished) => finished.Outcome switch
    {
        SyncOutcome.Done => new Done(),
        SyncOutcome.TooMany => new ErrorMessage(ErrorCodes.Busy, Cut(finished.Problem!), null, Retryable: true),
        SyncOutcome.NotStored => new ErrorMessage(ErrorCodes.StorageFailed, Cut(finished.Problem!), null, Retryable: true),
        _ => new ErrorMessage(ErrorCodes.NotReady, Cut(finished.Problem!), null, Retryable: true),
    };

    public static Welcome Welcome(ConnectionTerms terms, Cursor head) => new(
        ProtocolLimits.Version,
        Features.All,
        terms.Agent,
        terms.Device,
        head,
        terms.Link.MaxRequestSize,
        terms.Link.MaxRequestsInFlight,
        terms.Link.InitialDemand,
        terms.Link.HeartbeatInterval);

    public static Listed Listed(Cursor head, ConfigSnapshot snapshot) => new(head, [.. snapshot.Configs.Values.Select(Summarize)]);

    private static string Cut(string reason) => reason.Length <= LongestReason ? reason : reason[..LongestReason];

    private static string Verb(Message request) => request switch
    {
        Sync => "sync",
        GetStatus => "see the status",
        _ => "read configs",
    };

    private static ConfigSummary Summarize(ConfigVersion version) => new(
        version.Slug,
        version.Sequence,
        version.Digest,
        version.DeploymentId,
        version.Release,
        version.Format,
        version.FilePath,
        version.Content.Length);
}
