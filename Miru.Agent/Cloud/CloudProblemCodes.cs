using Miru.Agent.Cloud.Api;

namespace Miru.Agent.Cloud;

/// <summary>What keeps the agent from the cloud, as the status says it. Stable: programs look for them, docs/protocol.md lists them.</summary>
internal static class CloudProblemCodes
{
    /// <summary>This device has no identity yet, or one that cannot be read.</summary>
    public const string NotProvisioned = "not_provisioned";

    /// <summary>No network, or a busy or broken server; tried again.</summary>
    public const string Unavailable = "unavailable";

    /// <summary>The device's token was not accepted; it is renewed.</summary>
    public const string TokenRejected = "token_rejected";

    /// <summary>The cloud refuses, until somebody changes something there.</summary>
    public const string Refused = "refused";

    /// <summary>The cloud answered, and the store would not keep it.</summary>
    public const string NotStored = "not_stored";

    public static string Of(CloudFailure failure, SyncOutcome outcome) => failure.Kind switch
    {
        _ when outcome == SyncOutcome.NotStored => NotStored,
        FailureKind.RefreshToken => TokenRejected,
        FailureKind.Stop => Refused,
        _ => Unavailable,
    };
}
