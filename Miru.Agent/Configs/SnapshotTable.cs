using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Miru.Agent.Deployments.Files;

namespace Miru.Agent.Configs;

/// <summary>The current snapshot, row by row, and the files that belong to it.</summary>
internal sealed class SnapshotTable(ConfigDatabase database, MetaTable meta, ContentTable contents)
{
    public static readonly SealedTable Configs = new(
        "current_configs", ["slug", "sequence", "digest", "deployment_id", "release", "format", "file_path"]);

    public static readonly SealedTable Tombstones = new("tombstones", ["slug", "sequence"]);

    public static readonly SealedTable Owned = new("owned_files", ["path", "digest"]);

    private IReadOnlyList<OwnedFile>? _owned;

    /// <summary>Reads and verifies everything.</summary>
    /// <exception cref="StoreDamageException">Something is missing, or not what was written.</exception>
    public ConfigSnapshot Load()
    {
        var values = meta.All();
        var bytes = contents.ReadCurrent();
        var configs = ImmutableSortedDictionary.CreateBuilder<string, ConfigVersion>(StringComparer.Ordinal);
        foreach (var row in Rows())
        {
            configs[row.Slug] = row with
            {
                Content = bytes.GetValueOrDefault(row.Digest) ?? throw new StoreDamageException($"the bytes of {row.Digest} are missing"),
            };
        }

        var snapshot = new ConfigSnapshot(
            values.GetValueOrDefault(MetaTable.Epoch, ""),
            meta.Number(MetaTable.Sequence),
            configs.ToImmutable(),
            Removed(),
            meta.Number(MetaTable.OldestTombstone));
        if (values.TryGetValue(MetaTable.Snapshot, out var seal) && !IsSealed(snapshot, seal))
        {
            throw new StoreDamageException("configs are missing from its snapshot");
        }

        return snapshot;
    }

    /// <summary>The current configs without their bytes.</summary>
    public IReadOnlyList<ConfigVersion> Rows() => Configs.Read(database, "", row => new ConfigVersion(
        row.GetString(0), row.GetInt64(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6), default));

    public ImmutableSortedDictionary<string, long> Removed()
    {
        var removed = ImmutableSortedDictionary.CreateBuilder<string, long>(StringComparer.Ordinal);
        Tombstones.ForEach(database, "", row => removed[row.GetString(0)] = row.GetInt64(1));
        return removed.ToImmutable();
    }

    /// <summary>Writes what differs between two snapshots.</summary>
    public void Save(ConfigSnapshot old, ConfigSnapshot next)
    {
        meta.Set(MetaTable.Epoch, next.Epoch);
        meta.Set(MetaTable.Sequence, next.Sequence);
        meta.Set(MetaTable.OldestTombstone, next.OldestTombstone);
        meta.Set(MetaTable.Snapshot, Seal(next));
        foreach (var slug in old.Configs.Keys.Where(slug => !next.Configs.ContainsKey(slug)))
        {
            database.Execute("DELETE FROM current_configs WHERE slug = ?", slug);
        }

        foreach (var config in next.Configs.Values.Where(config => !old.Configs.TryGetValue(config.Slug, out var before) || before != config))
        {
            Configs.Save(database, config.Slug, config.Sequence, config.Digest, config.DeploymentId, config.Release, config.Format, config.FilePath);
        }

        if (ReferenceEquals(next.Tombstones, old.Tombstones))
        {
            return;
        }

        foreach (var slug in old.Tombstones.Keys.Where(slug => !next.Tombstones.ContainsKey(slug)))
        {
            database.Execute("DELETE FROM tombstones WHERE slug = ?", slug);
        }

        foreach (var (slug, sequence) in next.Tombstones.Where(tombstone => !old.Tombstones.ContainsKey(tombstone.Key)))
        {
            Tombstones.Save(database, slug, sequence);
        }
    }

    /// <summary>A name that no store had before.</summary>
    public static string NewEpoch() => RandomNumberGenerator.GetHexString(16, lowercase: true);

    /// <summary>Files that the agent wrote and has not removed.</summary>
    public IReadOnlyList<OwnedFile> OwnedFiles() => _owned ??= Owned.Read(database, "", row => new OwnedFile(row.GetString(0), row.GetText(1)));

    /// <summary>Writes what differs from those that are known.</summary>
    /// <param name="owned">Of two entries for a path the first counts.</param>
    public void SetOwnedFiles(IEnumerable<OwnedFile> owned)
    {
        var before = OwnedFiles().ToDictionary(file => file.Path, file => file, StringComparer.Ordinal);
        IReadOnlyList<OwnedFile> after = [.. owned.DistinctBy(file => file.Path)];
        foreach (var file in after)
        {
            if (!before.Remove(file.Path, out var known) || known != file)
            {
                Owned.Save(database, file.Path, file.Digest);
            }
        }

        foreach (var path in before.Keys)
        {
            database.Execute("DELETE FROM owned_files WHERE path = ?", path);
        }

        _owned = after;
    }

    /// <summary>What was written last was taken back.</summary>
    public void Forget() => _owned = null;

    /// <summary>Whether <paramref name="seal"/>, read from the store, was made of this snapshot.</summary>
    public static bool IsSealed(ConfigSnapshot snapshot, string seal) =>
        long.TryParse(seal, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) && RowSeal.Fits(number, snapshot);

    /// <summary>One number for everything in it but its epoch.</summary>
    private static string Seal(ConfigSnapshot snapshot) => RowSeal.Of(snapshot).ToString("x16", CultureInfo.InvariantCulture);
}
