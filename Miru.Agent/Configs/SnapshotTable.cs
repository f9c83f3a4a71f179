using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Miru.Agent.Deployments.Files;

namespace Miru.Agent.Configs;

/// <summary>The current snapshot, row by row, and the files that belong to it.</summary>
internal sealed class SnapshotTable(ConfigDatabase database, ContentTable contents)
{
    private const string Epoch = "epoch";
    private const string Sequence = "sequence";
    private const string OldestTombstone = "oldest_tombstone";

    /// <summary>Reads and verifies everything; a store without an epoch is new and gets one.</summary>
    /// <param name="damaged">Configs whose bytes are missing or wrong; they are not part of the result.</param>
    public ConfigSnapshot Load(out IReadOnlyList<ConfigVersion> damaged)
    {
        if (Meta(Epoch) is not { } epoch)
        {
            epoch = StartEpoch();
        }

        var rows = database.Query(
            "SELECT slug, sequence, digest, deployment_id, release, format, file_path FROM current_configs",
            row => new ConfigVersion(
                row.GetString(0), row.GetInt64(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6), default));
        var read = rows.Select(row => (row, bytes: contents.Read(row.Digest))).ToList();
        damaged = [.. read.Where(found => found.bytes is null).Select(found => found.row)];
        return new ConfigSnapshot(
            epoch,
            Number(Sequence),
            read.Where(found => found.bytes is not null).ToImmutableSortedDictionary(found => found.row.Slug, found => found.row with { Content = found.bytes }, StringComparer.Ordinal),
            database.Query("SELECT slug, sequence FROM tombstones", row => (slug: row.GetString(0), sequence: row.GetInt64(1)))
                .ToImmutableSortedDictionary(tombstone => tombstone.slug, tombstone => tombstone.sequence, StringComparer.Ordinal),
            Number(OldestTombstone));
    }

    /// <summary>Writes what differs between two snapshots.</summary>
    public void Save(ConfigSnapshot old, ConfigSnapshot next)
    {
        SetMeta(Sequence, next.Sequence.ToString(CultureInfo.InvariantCulture));
        SetMeta(OldestTombstone, next.OldestTombstone.ToString(CultureInfo.InvariantCulture));
        foreach (var slug in old.Configs.Keys.Where(slug => !next.Configs.ContainsKey(slug)))
        {
            database.Execute("DELETE FROM current_configs WHERE slug = $slug", ("$slug", slug));
        }

        foreach (var config in next.Configs.Values.Where(config => !old.Configs.TryGetValue(config.Slug, out var before) || before != config))
        {
            database.Execute(
                "INSERT OR REPLACE INTO current_configs VALUES ($slug, $sequence, $digest, $deployment, $release, $format, $path)",
                ("$slug", config.Slug), ("$sequence", config.Sequence), ("$digest", config.Digest), ("$deployment", config.DeploymentId),
                ("$release", config.Release), ("$format", config.Format), ("$path", config.FilePath));
        }

        foreach (var slug in old.Tombstones.Keys.Where(slug => !next.Tombstones.ContainsKey(slug)))
        {
            database.Execute("DELETE FROM tombstones WHERE slug = $slug", ("$slug", slug));
        }

        foreach (var (slug, sequence) in next.Tombstones.Where(tombstone => !old.Tombstones.ContainsKey(tombstone.Key)))
        {
            database.Execute("INSERT INTO tombstones VALUES ($slug, $sequence)", ("$slug", slug), ("$sequence", sequence));
        }
    }

    /// <summary>Ends the comparability with everything applications saw before.</summary>
    public string StartEpoch()
    {
        var epoch = RandomNumberGenerator.GetHexString(16, lowercase: true);
        SetMeta(Epoch, epoch);
        return epoch;
    }

    /// <summary>Takes configs out without a trace, for those whose bytes are lost.</summary>
    public void Forget(ConfigVersion config) => database.Execute("DELETE FROM current_configs WHERE slug = $slug", ("$slug", config.Slug));

    public IReadOnlyList<OwnedFile> OwnedFiles() => database.Query(
        "SELECT path, digest FROM owned_files", row => new OwnedFile(row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1)));

    /// <param name="owned">Of two entries for a path the first counts.</param>
    public void SetOwnedFiles(IEnumerable<OwnedFile> owned)
    {
        database.Execute("DELETE FROM owned_files");
        foreach (var file in owned)
        {
            database.Execute("INSERT OR IGNORE INTO owned_files (path, digest) VALUES ($path, $digest)", ("$path", file.Path), ("$digest", file.Digest));
        }
    }

    private long Number(string name) => Meta(name) is { } value ? long.Parse(value, CultureInfo.InvariantCulture) : 0;

    private string? Meta(string name) =>
        database.Query("SELECT value FROM meta WHERE name = $name", row => row.GetString(0), ("$name", name)).SingleOrDefault();

    private void SetMeta(string name, string value) =>
        database.Execute("INSERT OR REPLACE INTO meta VALUES ($name, $value)", ("$name", name), ("$value", value));
}
