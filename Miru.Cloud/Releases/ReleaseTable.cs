using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Miru.Cloud.Http;
using Miru.Cloud.Storage;

namespace Miru.Cloud.Releases;

/// <summary>What is said to SQLite about releases, their configs and contents. Runs inside the caller's transaction.</summary>
internal static class ReleaseTable
{
    public static string DigestOf(ReadOnlySpan<byte> content) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}";

    public static Release AddRelease(this SqliteConnection db, ReleaseDraft draft, DateTimeOffset now)
    {
        var id = ResourceId.New("rls");
        db.Execute(
            "INSERT INTO releases (id, version, created_at, updated_at) VALUES ($id, $version, $now, $now)",
            ("$id", id), ("$version", draft.Version), ("$now", now));
        for (var position = 0; position < draft.Configs.Count; position++)
        {
            AddConfig(db, id, position, draft.Configs[position], now);
        }

        return db.GetRelease(id);
    }

    public static Release? FindRelease(this SqliteConnection db, string id) =>
        db.QueryFirst("SELECT * FROM releases WHERE id = $id", Release.Read, ("$id", id));

    /// <exception cref="ApiException">404.</exception>
    public static Release GetRelease(this SqliteConnection db, string id) => db.FindRelease(id) ?? throw ApiErrors.NotFound("release", id);

    /// <summary>The release, if one of the device's deployments is of it.</summary>
    /// <exception cref="ApiException">404.</exception>
    public static Release GetReleaseOf(this SqliteConnection db, string deviceId, string id) => db.QueryFirst(
        """
        SELECT * FROM releases r WHERE r.id = $id
            AND EXISTS (SELECT 1 FROM deployments d WHERE d.release_id = r.id AND d.device_id = $device)
        """,
        Release.Read,
        ("$id", id), ("$device", deviceId)) ?? throw ApiErrors.NotFound("release", id);

    /// <summary>Newest first, one more than the page holds.</summary>
    public static List<Release> ListReleases(this SqliteConnection db, Paging paging) => db.Query(
        "SELECT * FROM releases ORDER BY sequence DESC LIMIT $limit OFFSET $offset",
        Release.Read,
        ("$limit", paging.Limit + 1), ("$offset", paging.Offset));

    public static List<ConfigInstance> ConfigInstancesOf(this SqliteConnection db, string releaseId) => db.Query(
        "SELECT * FROM config_instances WHERE release_id = $release ORDER BY position",
        ConfigInstance.Read,
        ("$release", releaseId));

    /// <summary>The config, if one of the device's deployments holds it.</summary>
    /// <exception cref="ApiException">404.</exception>
    public static ConfigInstance GetConfigInstanceOf(this SqliteConnection db, string deviceId, string id) => db.QueryFirst(
        """
        SELECT * FROM config_instances c WHERE c.id = $id
            AND EXISTS (SELECT 1 FROM deployments d WHERE d.release_id = c.release_id AND d.device_id = $device)
        """,
        ConfigInstance.Read,
        ("$id", id), ("$device", deviceId)) ?? throw ApiErrors.NotFound("config_instance", id);

    public static byte[] Content(this SqliteConnection db, string digest) => db.QueryFirst(
        "SELECT bytes FROM contents WHERE digest = $digest",
        row => (byte[])row["bytes"],
        ("$digest", digest)) ?? throw new InvalidDataException($"the content {digest} is missing");

    private static void AddConfig(SqliteConnection db, string releaseId, int position, ConfigDraft draft, DateTimeOffset now)
    {
        var digest = DigestOf(draft.Content);
        // Most configs of a release are those of the one before: equal bytes are kept once.
        db.Execute("INSERT OR IGNORE INTO contents (digest, bytes) VALUES ($digest, $bytes)", ("$digest", digest), ("$bytes", draft.Content));
        db.Execute(
            """
            INSERT INTO config_instances (id, release_id, position, config_type_name, filepath, format, digest, size, created_at)
            VALUES ($id, $release, $position, $name, $path, $format, $digest, $size, $now)
            """,
            ("$id", ResourceId.New("cfg_inst")), ("$release", releaseId), ("$position", position), ("$name", draft.ConfigTypeName),
            ("$path", draft.Filepath), ("$format", draft.Format), ("$digest", digest), ("$size", draft.Content.Length), ("$now", now));
    }
}
