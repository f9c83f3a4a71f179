using System.Collections.Immutable;

namespace Miru.Agent.Configs;

/// <summary>How one snapshot follows another. Pure: one applied deployment is one sequence, whatever it changes.</summary>
internal static class Succession
{
    /// <summary>
    /// The snapshot in which exactly <paramref name="applied"/> are current. A config whose bytes, format and path are what they were keeps
    /// its sequence and is not a change; a slug that is no longer there leaves a tombstone.
    /// </summary>
    /// <param name="applied">The configs of the applied deployment; their sequence is not looked at.</param>
    /// <param name="tombstonesKept">Beyond this many the oldest tombstones are dropped, and cursors from before them get a full snapshot.</param>
    public static ConfigSnapshot Next(ConfigSnapshot current, IReadOnlyCollection<ConfigVersion> applied, int tombstonesKept)
    {
        var sequence = current.Sequence + 1;
        var configs = ImmutableSortedDictionary.CreateBuilder<string, ConfigVersion>(StringComparer.Ordinal);
        foreach (var config in applied)
        {
            configs.Add(config.Slug, Carry(current, config, sequence));
        }

        var next = current with { Sequence = sequence, Configs = configs.ToImmutable() };
        var removed = current.Configs.Keys.Where(slug => !configs.ContainsKey(slug)).ToList();
        return removed.Count == 0 && !current.Tombstones.Keys.Any(configs.ContainsKey) && current.Tombstones.Count <= tombstonesKept
            ? next
            : Bury(next, removed, tombstonesKept);
    }

    private static ConfigSnapshot Bury(ConfigSnapshot next, List<string> removed, int tombstonesKept)
    {
        var tombstones = next.Tombstones.Where(tombstone => !next.Configs.ContainsKey(tombstone.Key))
            .Concat(removed.Select(slug => KeyValuePair.Create(slug, next.Sequence)))
            .OrderByDescending(tombstone => tombstone.Value).ThenBy(tombstone => tombstone.Key, StringComparer.Ordinal)
            .ToList();
        var dropped = tombstones.Skip(tombstonesKept).Select(tombstone => tombstone.Value).DefaultIfEmpty(0).Max();
        return next with
        {
            Tombstones = tombstones.Take(tombstonesKept).ToImmutableSortedDictionary(StringComparer.Ordinal),
            OldestTombstone = Math.Max(next.OldestTombstone, dropped),
        };
    }

    private static ConfigVersion Carry(ConfigSnapshot current, ConfigVersion config, long sequence) =>
        current.Configs.TryGetValue(config.Slug, out var before)
        && before.Digest == config.Digest && before.Format == config.Format && before.FilePath == config.FilePath
            ? before with { DeploymentId = config.DeploymentId, Release = config.Release }
            : config with { Sequence = sequence };
}
