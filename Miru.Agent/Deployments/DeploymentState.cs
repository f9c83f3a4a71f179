namespace Miru.Agent.Deployments;

/// <summary>Where one deployment stands. All that the state machine looks at.</summary>
/// <param name="RetryAt">No new attempt before this; null where none has failed.</param>
internal sealed record DeploymentState(
    string Id, DeploymentTarget Target, DeploymentActivity Activity, DeploymentError Error, DateTimeOffset? RetryAt);
