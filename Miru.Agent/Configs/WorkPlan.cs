using Miru.Agent.Deployments;

namespace Miru.Agent.Configs;

/// <summary>What is to be done next.</summary>
/// <param name="Work">For the deployer; null if there is nothing.</param>
/// <param name="RetryAt">When to ask again although nothing happened; null if nothing waits for the clock.</param>
/// <param name="Conflict">Several deployments claim to be the current one.</param>
internal sealed record WorkPlan(DeploymentCommand? Work, DateTimeOffset? RetryAt, bool Conflict);
