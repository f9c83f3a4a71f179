using Miru.Agent.Configs;

namespace Miru.Agent.Connections;

/// <summary>What a snapshot brings that an older one did not have, in the order of sequences. Pure.</summary>
internal static class SnapshotChanges
{
    /// <summary>The changes from one snapshot to a later one of the same epoch. Every watcher takes the same step: the first works it out for all.</summary>
    public static ConfigChange[] Between(ConfigSnapshot older, ConfigSnapshot newer)
    {
        if (newer.Memo.Held is Step known && known.From == older.Sequence)
        {
            return known.Changes;
        }

        // Not by the tombstones alone: the store keeps a bounded number of them, and one deployment may remove more.
        var gone = older.Configs.Keys
            .Where(slug => !newer.Configs.ContainsKey(slug))
            .Select(slug => new ConfigChange(slug, newer.Tombstones.GetValueOrDefault(slug, newer.Sequence), null));
        var changes = InOrder(newer, older.Sequence, gone);
        newer.Memo.Held = new Step(older.Sequence, changes);
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

    private sealed record Step(long From, ConfigChange[] Changes);
}
