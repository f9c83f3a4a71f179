using Miru.Agent.Deployments;

namespace Miru.Agent.Configs;

/// <summary>One deployment as the store knows it.</summary>
/// <param name="Reason">Why it is retrying or failed; null otherwise.</param>
/// <param name="Failures">Failed attempts in a row.</param>
/// <param name="AppliedSequence">The sequence at which it became current; null if it never was.</param>
internal sealed record DeploymentRecord(
    string Id,
    string Release,
    DeploymentTarget Target,
    DeploymentActivity Activity,
    DeploymentError Error,
    string? Reason,
    int Failures,
    DateTimeOffset? RetryAt,
    long? AppliedSequence)
{
    public DeploymentState State => new(Id, Target, Activity, Error, RetryAt);

    public DeploymentRecord Settled(DeploymentActivity activity) =>
        this with { Activity = activity, Error = DeploymentError.None, Reason = null, Failures = 0, RetryAt = null };
}
