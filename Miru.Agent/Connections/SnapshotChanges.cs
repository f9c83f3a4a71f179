using System.Runtime.CompilerServices;
using Miru.Agent.Configs;

namespace Miru.Agent.Connections;

/// <summary>What a snapshot brings that an older one did not have, in the order of sequences. Pure.</summary>
internal static class SnapshotChanges
{
    // Every watcher takes the same step at the same time: the first one works it out for all. Lives as long as the newer snapshot.
    private static readonly ConditionalWeakTable<ConfigSnapshot, Step> Steps = new();

    // Mostly there is one step that all take; the table is for watchers who see different parts of it.
    private static readonly WeakReference<Step?> Last = new(null);

    /// <summary>The changes from one snapshot to a later one of the same epoch. Remembered for the last pair that was asked for.</summary>
    public static ConfigChange[] Between(ConfigSnapshot older, ConfigSnapshot newer)
    {
        if (Last.TryGetTarget(out var last) && last.Leads(older, newer))
        {
            return last.Changes;
        }

        if (Steps.TryGetValue(newer, out var step) && step.Leads(older, newer))
        {
            Last.SetTarget(step);
            return step.Changes;
        }

        // Not by the tombstones alone: the store keeps a bounded number of them, and one deployment may remove more.
        var gone = older.Configs.Keys
            .Where(slug => !newer.Configs.ContainsKey(slug))
            .Select(slug => new ConfigChange(slug, newer.Tombstones.GetValueOrDefault(slug, newer.Sequence), null));
        var changes = InOrder(newer, older.Sequence, gone);
        step = new Step(older, newer, changes);
        Steps.AddOrUpdate(newer, step);
        Last.SetTarget(step);
        return changes;
    }

    /// <summary>The changes after a sequence that an application still stands at, removals as far as they are remembered.</summary>
    public static ConfigChange[] Since(long sequence, ConfigSnapshot snapshot) =>
        InOrder(snapshot, sequence, snapshot.Tombstones.Select(removed => new ConfigChange(removed.Key, removed.Value, null)));

    /// <summary>Everything there is, for a newcomer; what is gone does not concern it.</summary>
    public static ConfigChange[] All(ConfigSnapshot snapshot) => InOrder(snapshot, 0, []);

    private static ConfigChange[] InOrder(ConfigSnapshot snapshot, long since, IEnumerable<ConfigChange> gone) =>
    [
        .. snapshot.Configs.Values
            .Select(version => new ConfigChange(version.Slug, version.Sequence, version))
            .Concat(gone)
            .Where(change => change.Sequence > since)
            .OrderBy(change => change.Sequence),
    ];

    // The older snapshot weakly: a chain of them would keep every config that ever was.
    private sealed class Step(ConfigSnapshot older, ConfigSnapshot newer, ConfigChange[] changes)
    {
        private readonly WeakReference<ConfigSnapshot> _older = new(older);

        public ConfigChange[] Changes => changes;

        public bool Leads(ConfigSnapshot from, ConfigSnapshot to) =>
            ReferenceEquals(to, newer) && _older.TryGetTarget(out var known) && ReferenceEquals(known, from);
    }
}
