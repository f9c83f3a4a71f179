namespace Miru.Agent.Cloud.Api;

/// <summary>Why a request did not succeed, in words for the log. Holds no token and no content.</summary>
/// <param name="RetryAfter">The server's own wish, or null.</param>
internal sealed record CloudFailure(FailureKind Kind, string Reason, TimeSpan? RetryAfter = null)
{
    /// <summary>The answer would be larger than what the agent reads.</summary>
    public bool IsTooLarge { get; init; }

    /// <summary>What came of a download before it broke off, where the rest can be asked for.</summary>
    public PartialContent? Partial { get; init; }
}
