namespace Miru.Agent.Hosting;

/// <summary>The agent stops because it cannot go on, rather than because it was asked to.</summary>
/// <param name="ExitCode">One of <see cref="ExitCodes"/>.</param>
/// <param name="Message">What happened and what to check.</param>
internal sealed record AgentFailure(int ExitCode, string Message);
