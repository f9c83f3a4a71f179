namespace Miru.Agent.Deployments.Drift;

/// <summary>What happened in watched directories.</summary>
/// <param name="Paths">Names in them, or they themselves, to which something happened.</param>
/// <param name="Overflowed">More happened than is told: anything may have.</param>
internal sealed record WatchedChanges(IReadOnlyCollection<string> Paths, bool Overflowed);
