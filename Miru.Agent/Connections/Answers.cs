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

    public static ErrorMessage Silent { get; } =
        new(ErrorCodes.Timeout, "nothing was heard for three heartbeats", Clauses.Beat1, Retryable: true);

    public static ErrorMessage Violated(Violation violation) => ErrorMessage.For(
        violation.Reason.Length <= LongestReason ? violation : violation with { Reason = violation.Reason[..LongestReason] });

    public static Welcome Welcome(ConnectionTerms terms, Cursor head) => new(
        ProtocolLimits.Version,
        [],
        terms.Agent,
        terms.Device,
        head,
        terms.Link.MaxRequestSize,
        terms.Link.MaxRequestsInFlight,
        terms.Link.InitialDemand,
        terms.Link.HeartbeatInterval);

    public static Listed Listed(Cursor head, ConfigSnapshot snapshot) => new(head, [.. snapshot.Configs.Values.Select(Summarize)]);

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
