namespace Miru.Agent.Hosting;

/// <summary>How the agent ended: written by its supervisor before it starts the shutdown, read by the host after it. The first failure counts.</summary>
internal sealed class AgentOutcome
{
    private AgentFailure? _failure;

    /// <summary>Why the agent could not go on; null if it was asked to stop.</summary>
    public AgentFailure? Failure => Volatile.Read(ref _failure);

    public void Fail(AgentFailure failure) => Interlocked.CompareExchange(ref _failure, failure, null);
}
