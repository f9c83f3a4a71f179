using System.Collections.Immutable;

namespace Akka.Actor.Internal;

/// <summary>A copy of an actor's children to look at. A reserved name has no stats. To change a copy changes nobody's children.</summary>
internal sealed class ChildrenSnapshot(ImmutableDictionary<string, ChildRestartStats> byName, bool isTerminating) : IChildrenContainer
{
    internal static readonly ChildrenSnapshot Empty = new(ImmutableDictionary<string, ChildRestartStats>.Empty, isTerminating: false);

    public IReadOnlyCollection<IInternalActorRef> Children => [.. Stats.Select(stats => stats.Child)];

    public IReadOnlyCollection<ChildRestartStats> Stats => [.. byName.Values.Where(stats => stats is not null)];

    public bool IsNormal => !isTerminating;

    public bool IsTerminating => isTerminating;

    public IChildrenContainer Add(string name, ChildRestartStats stats) => With(byName.SetItem(name, stats));

    public IChildrenContainer Remove(IActorRef child) => Contains(child) ? With(byName.Remove(child.Path.Name)) : this;

    public IChildrenContainer Reserve(string name) => isTerminating
        ? throw new InvalidOperationException($"Cannot reserve actor name '{name}': terminating")
        : byName.ContainsKey(name) ? throw new InvalidActorNameException($"Actor name \"{name}\" is not unique!") : With(byName.Add(name, null));

    public IChildrenContainer Unreserve(string name) => byName.GetValueOrDefault(name) is null ? With(byName.Remove(name)) : this;

    public IChildrenContainer ShallDie(IActorRef actor) => this;

    public bool Contains(IActorRef actor) => TryGetByRef(actor, out _);

    public bool TryGetByName(string name, out IChildStats stats)
    {
        var known = byName.TryGetValue(name, out var found);
        stats = found;
        return known;
    }

    public bool TryGetByRef(IActorRef actor, out ChildRestartStats stats)
    {
        if (byName.TryGetValue(actor.Path.Name, out stats) && stats?.Child.Equals(actor) == true) return true;
        stats = null;
        return false;
    }

    private ChildrenSnapshot With(ImmutableDictionary<string, ChildRestartStats> changed) => new(changed, isTerminating);
}
