namespace Miru.Benchmarks.Hostile;

/// <summary>The agent did what no input may make it do.</summary>
internal sealed class HostileFinding(string message) : Exception(message);
