using Miru.Agent.Deployments;

namespace Miru.Agent.Configs;

/// <summary>One deployment as the store knows it.</summary>
/// <param name="Target">What the cloud wants of it.</param>
/// <param name="Reason">Why it is retrying or failed; null otherwise.</param>
/// <param name="Failures">Failed attempts in a row.</param>
/// <param name="RetryWait">The wait that ends at <paramref name="RetryAt"/>, whole.</param>
/// <param name="AppliedSequence">The sequence at which it became current last; null if it never was.</param>
/// <param name="ConfigCount">How many configs it has.</param>
/// <param name="Hold">What a rollback says of it.</param>
internal sealed record DeploymentRecord(
    string Id,
    string Release,
    DeploymentTarget Target,
    DeploymentActivity Activity,
    DeploymentError Error,
    string? Reason,
    int Failures,
    DateTimeOffset? RetryAt,
    TimeSpan? RetryWait,
    long? AppliedSequence,
    int ConfigCount = 0,
    DeploymentHold Hold = DeploymentHold.None)
{
    /// <summary>What this device wants of it: the cloud's target, unless somebody rolled back.</summary>
    public DeploymentTarget WantedTarget => Hold switch
    {
        DeploymentHold.Pinned => DeploymentTarget.Deployed,
        DeploymentHold.Held => DeploymentTarget.Archived,
        _ => Target,
    };

    /// <summary>Nothing and nobody needs it any more.</summary>
    public bool IsOver => Activity == DeploymentActivity.Archived && Target == DeploymentTarget.Archived && Hold == DeploymentHold.None;

    public DeploymentState State => new(Id, WantedTarget, Activity, Error, RetryAt);

    /// <summary>After a restart the wait goes on; a clock that was set back meanwhile does not make it longer than it was.</summary>
    public DeploymentRecord Resumed(DateTimeOffset now) =>
        RetryAt is { } due && due - now > (RetryWait ?? TimeSpan.Zero) ? this with { RetryAt = now + (RetryWait ?? TimeSpan.Zero) } : this;

    /// <summary>An attempt failed on this computer; the next one is due after <paramref name="wait"/>.</summary>
    public DeploymentRecord Retrying(string reason, DateTimeOffset now, TimeSpan wait) => this with
    {
        Error = DeploymentError.Retrying,
        Reason = reason,
        Failures = Failures + 1,
        RetryAt = now + wait,
        RetryWait = wait,
    };

    public DeploymentRecord Settled(DeploymentActivity activity) =>
        this with { Activity = activity, Error = DeploymentError.None, Reason = null, Failures = 0, RetryAt = null, RetryWait = null };
}
