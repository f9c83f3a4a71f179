using Akka.Actor;

namespace Miru.Agent.Hosting;

/// <summary>The agent stops because it cannot go on, rather than because it was asked to.</summary>
internal sealed class AgentFailure(int exitCode, string message) : CoordinatedShutdown.Reason
{
    /// <summary>One of <see cref="ExitCodes"/>.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>What happened and what to check.</summary>
    public string Message { get; } = message;
}
