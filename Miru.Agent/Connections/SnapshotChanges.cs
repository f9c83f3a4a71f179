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
        var changes = Published(newer, older.Sequence);
        foreach (var slug in older.Configs.Keys)
        {
            if (!newer.Configs.ContainsKey(slug))
            {
                changes.Add(new ConfigChange(slug, newer.Tombstones.GetValueOrDefault(slug, newer.Sequence), null));
            }
        }

        var step = new Step(older.Sequence, InOrder(changes));
        newer.Memo.Held = step;
        return step.Changes;
    }

    /// <summary>The changes after a sequence that an application still stands at, removals as far as they are remembered.</summary>
    public static ConfigChange[] Since(long sequence, ConfigSnapshot snapshot)
    {
        var changes = Published(snapshot, sequence);
        changes.AddRange(snapshot.Tombstones
            .Where(removed => removed.Value > sequence)
            .Select(removed => new ConfigChange(removed.Key, removed.Value, null)));
        return InOrder(changes);
    }

    /// <summary>Everything there is, for a newcomer; what is gone does not concern it.</summary>
    public static ConfigChange[] All(ConfigSnapshot snapshot) => InOrder(Published(snapshot, 0));

    // It stands between a commit and its push: nothing is made for what did not change.
    private static List<ConfigChange> Published(ConfigSnapshot snapshot, long since)
    {
        var changes = new List<ConfigChange>();
        foreach (var version in snapshot.Configs.Values)
        {
            if (version.Sequence > since)
            {
                changes.Add(new ConfigChange(version.Slug, version.Sequence, version));
            }
        }

        return changes;
    }

    private static ConfigChange[] InOrder(List<ConfigChange> changes) =>
        changes.Count < 2 ? [.. changes] : [.. changes.OrderBy(change => change.Sequence)];

    private sealed record Step(long From, ConfigChange[] Changes);
}
