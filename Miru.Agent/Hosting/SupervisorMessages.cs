namespace Miru.Agent.Hosting;

/// <summary>Command: end one hop for good. Answered with <see cref="HopStopped"/>, also if it never ran.</summary>
/// <param name="Name">The child's name.</param>
internal sealed record StopHop(string Name);

internal sealed record HopStopped(string Name);
