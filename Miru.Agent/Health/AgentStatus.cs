namespace Miru.Agent.Health;

/// <summary>Everything the agent can say about itself at one moment.</summary>
/// <param name="Version">The agent's.</param>
/// <param name="Device">Its id in the cloud; <c>null</c> where it has none.</param>
/// <param name="Store">What is current; <c>null</c> before the store has said so.</param>
/// <param name="Drift">Deployed files that are not as they were deployed.</param>
/// <param name="LastSync">When the cloud was last heard out; <c>null</c> if it was not since the start.</param>
/// <param name="LastProblem">What last went wrong with the cloud, also if it is over; <c>null</c> if nothing did.</param>
/// <param name="Applications">Who is connected and greeted, oldest first.</param>
internal sealed record AgentStatus(
    string Version,
    DateTimeOffset StartedAt,
    string? Device,
    StoreReported? Store,
    IReadOnlyList<DriftedFile> Drift,
    CloudReported Cloud,
    DateTimeOffset? LastSync,
    (CloudProblem Problem, DateTimeOffset At)? LastProblem,
    IReadOnlyCollection<ConnectedApplication> Applications);
