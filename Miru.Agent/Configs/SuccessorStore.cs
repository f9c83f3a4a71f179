using System.Collections.Immutable;
using Miru.Agent.Deployments;
using Miru.Agent.Deployments.Files;

namespace Miru.Agent.Configs;

/// <summary>Makes a consistent store of what was salvaged, before anybody sees it.</summary>
internal sealed class SuccessorStore
{
    private readonly ConfigDatabase _database;
    private readonly LedgerTables _tables;
    private readonly int _largestConfig;

    public SuccessorStore(ConfigDatabase database, TimeProvider time, StoreSettings settings)
    {
        _database = database;
        _tables = new LedgerTables(database, StoreMark.None, time, settings.EventsKept);
        _largestConfig = settings.MaxConfigSize;
    }

    /// <param name="commits">How many transactions its predecessor is known to have had.</param>
    /// <param name="story">What happened, for the event log.</param>
    /// <returns>Slugs of current configs that are lost for now.</returns>
    public IReadOnlyList<string> Begin(long commits, string story)
    {
        IReadOnlyList<string> lost = [];
        _database.Transact(() =>
        {
            var journalIsWhole = DropUnusable();
            var rows = _tables.Snapshots.Rows().Select(row => row with { Content = BytesOf(row) }).ToList();
            var good = rows.Where(row => !row.Content.IsEmpty || row.Digest == ContentDigest.Of([])).ToList();
            lost = [.. rows.Except(good).Select(row => row.Slug)];
            var snapshot = NewLife(good);
            var isWhole = journalIsWhole && _tables.Meta.All().GetValueOrDefault(MetaTable.Snapshot) is { } seal && SnapshotTable.IsSealed(snapshot, seal);
            Requeue(isWhole);
            foreach (var slug in lost)
            {
                _database.Execute("DELETE FROM current_configs WHERE slug = ?", slug);
            }

            _tables.Snapshots.Save(snapshot, snapshot);
            _tables.Meta.Set(MetaTable.Commits, Math.Max(commits, _tables.Meta.Number(MetaTable.Commits)) + 1);
            _tables.Events.Add(StoreEventKind.Quarantined, detail: story);
            _tables.Events.Add(StoreEventKind.Recovered, sequence: snapshot.Sequence, detail: isWhole ? $"{good.Count} configs, none lost" : $"{good.Count} configs; the rest is applied or fetched again");
        });
        return lost;
    }

    /// <summary>
    /// A deployment that lost some of its configs would be applied by halves; the cloud lists it again if it wants it. An apply that lost
    /// some of its files cannot be finished; what was to be current is applied anew over whatever stands.
    /// </summary>
    /// <returns>Whether no apply was given up.</returns>
    private bool DropUnusable()
    {
        _database.Run(
            """
            DELETE FROM deployment_configs WHERE deployment_id NOT IN (SELECT id FROM deployments);
            DELETE FROM deployments WHERE config_count <> (SELECT COUNT(*) FROM deployment_configs WHERE deployment_id = deployments.id);
            """);
        var (files, expected) = (Count("SELECT COUNT(*) FROM apply_files"), Count("SELECT COALESCE(SUM(file_count), 0) FROM applies"));
        if (files != expected)
        {
            _tables.Journal.Clear();
        }

        return files == expected;
    }

    private long Count(string sql) => _database.Query(sql, row => row.GetInt64(0))[0];

    /// <summary>From the store, or else from the file that was deployed from it.</summary>
    private ReadOnlyMemory<byte> BytesOf(ConfigVersion config)
    {
        if (_tables.Contents.Read(config.Digest) is { } stored)
        {
            return stored;
        }

        try
        {
            // No pipe to wait at, nothing larger than a config: whatever may stand there by now.
            using var directory = new PosixFileSystem().OpenRoot(Path.GetDirectoryName(config.FilePath)!);
            if (directory?.Read(Path.GetFileName(config.FilePath), _largestConfig) is { } deployed && ContentDigest.Of(deployed) == config.Digest)
            {
                _tables.Contents.Keep(config.Digest, deployed);
                return deployed;
            }
        }
        catch (IOException)
        {
            // Then it is lost here, and the cloud has it.
        }

        return default;
    }

    private ConfigSnapshot NewLife(IReadOnlyList<ConfigVersion> good)
    {
        // Sequences of two epochs are never compared, but people read them: they go on growing.
        var removed = _tables.Snapshots.Removed();
        var sequence = good.Select(config => config.Sequence).Concat(removed.Values)
            .Concat(_tables.Deployments.All().Select(record => record.AppliedSequence ?? 0)).Append(_tables.Meta.Number(MetaTable.Sequence)).Max();
        return new ConfigSnapshot(
            SnapshotTable.NewEpoch(), sequence, good.ToImmutableSortedDictionary(config => config.Slug, config => config, StringComparer.Ordinal), removed,
            _tables.Meta.Number(MetaTable.OldestTombstone));
    }

    /// <summary>What is current but not wholly here is applied anew: from the contents that are here, without the cloud, where they suffice.</summary>
    private void Requeue(bool isWhole)
    {
        foreach (var record in _tables.Deployments.All().Where(record => !isWhole && record.WantedTarget == DeploymentTarget.Deployed && record.Activity == DeploymentActivity.Deployed))
        {
            _tables.Deployments.Save(record with { Activity = DeploymentActivity.Queued });
        }
    }
}
