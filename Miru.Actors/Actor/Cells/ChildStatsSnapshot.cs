using System.Collections;
using Akka.Actor.Internal;

namespace Akka.Actor;

/// <summary>The children as a strategy sees them; made when it looks, which the one-for-one strategy never does.</summary>
internal sealed class ChildStatsSnapshot(ChildActors children) : IReadOnlyCollection<ChildRestartStats>
{
    private IReadOnlyCollection<ChildRestartStats> _stats;

    private IReadOnlyCollection<ChildRestartStats> Stats => _stats ??= children.Stats;

    public int Count => Stats.Count;

    public IEnumerator<ChildRestartStats> GetEnumerator() => Stats.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
