using System.Collections.Immutable;

namespace Miru.Agent.Configs;

/// <summary>
/// All current configs at one sequence. A snapshot that anyone outside the store has seen is on disk.
/// </summary>
/// <param name="Epoch">The life of one store: a new one after restore, quarantine or rebuild. Sequences compare only within an epoch.</param>
/// <param name="Sequence">The head: grows by one with every change, 0 for a store that never held a config.</param>
/// <param name="Configs">Current configs by slug.</param>
/// <param name="Tombstones">Removed slugs and the sequence of their removal, so that a resuming application hears of them.</param>
/// <param name="OldestTombstone">Cursors below this sequence may have missed a removal that is no longer kept, and get a full snapshot.</param>
internal sealed record ConfigSnapshot(
    string Epoch,
    long Sequence,
    ImmutableSortedDictionary<string, ConfigVersion> Configs,
    ImmutableSortedDictionary<string, long> Tombstones,
    long OldestTombstone)
{
    private ConfigSnapshot(ConfigSnapshot original)
    {
        (Epoch, Sequence, OldestTombstone) = (original.Epoch, original.Sequence, original.OldestTombstone);
        (Configs, Tombstones) = (original.Configs, original.Tombstones);
        Memo = new Memo();
    }

    /// <summary>What changed since the snapshot before.</summary>
    internal Memo Memo { get; } = new();
}
