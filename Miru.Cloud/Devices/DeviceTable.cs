using Microsoft.Data.Sqlite;
using Miru.Cloud.Http;
using Miru.Cloud.Identity;
using Miru.Cloud.Storage;

namespace Miru.Cloud.Devices;

/// <summary>What is said to SQLite about devices. Runs inside the caller's transaction.</summary>
internal static class DeviceTable
{
    public static Device? FindDevice(this SqliteConnection db, string id) =>
        db.QueryFirst("SELECT * FROM devices WHERE id = $id", Device.Read, ("$id", id));

    public static Device? FindDeviceByName(this SqliteConnection db, string name) =>
        db.QueryFirst("SELECT * FROM devices WHERE name = $name", Device.Read, ("$name", name));

    public static Device? FindDeviceByKey(this SqliteConnection db, string fingerprint) =>
        db.QueryFirst("SELECT * FROM devices WHERE fingerprint = $fingerprint", Device.Read, ("$fingerprint", fingerprint));

    /// <exception cref="ApiException">404.</exception>
    public static Device GetDevice(this SqliteConnection db, string id) => db.FindDevice(id) ?? throw ApiErrors.NotFound("device", id);

    /// <summary>In order of creation, one more than the page holds.</summary>
    public static List<Device> ListDevices(this SqliteConnection db, Paging paging) => db.Query(
        "SELECT * FROM devices ORDER BY created_at, id LIMIT $limit OFFSET $offset",
        Device.Read,
        ("$limit", paging.Limit + 1), ("$offset", paging.Offset));

    public static List<string> AllDeviceIds(this SqliteConnection db) =>
        db.Query("SELECT id FROM devices ORDER BY created_at, id", row => row.GetString(0));

    /// <summary>A device without a key: known by name, not yet provisioned.</summary>
    public static Device AddDevice(this SqliteConnection db, string name, DateTimeOffset now)
    {
        var id = ResourceId.New("dvc");
        db.Execute(
            "INSERT INTO devices (id, name, session_id, created_at, updated_at) VALUES ($id, $name, $session, $now, $now)",
            ("$id", id), ("$name", name), ("$session", ResourceId.New("dvc_sess")), ("$now", now));
        return db.GetDevice(id);
    }

    /// <summary>Binds the record to a machine: new key, new session, and every token of the old session is worth nothing.</summary>
    /// <exception cref="ApiException">409, if another device has this key.</exception>
    public static Device Enroll(this SqliteConnection db, Device device, DevicePublicKey key, string agentVersion, DateTimeOffset now)
    {
        if (db.FindDeviceByKey(key.Fingerprint) is { } owner && owner.Id != device.Id)
        {
            throw ApiErrors.Conflict(ErrorCodes.PublicKeyTaken, "Another device is enrolled with this public key; make a new key pair.");
        }

        db.Execute(
            """
            UPDATE devices SET public_key = $key, fingerprint = $fingerprint, agent_version = $version, session_id = $session,
                revision = revision + 1, updated_at = $now
            WHERE id = $id
            """,
            ("$key", key.Spki), ("$fingerprint", key.Fingerprint), ("$version", agentVersion),
            ("$session", ResourceId.New("dvc_sess")), ("$now", now), ("$id", device.Id));
        return db.GetDevice(device.Id);
    }

    /// <summary>Voids the key and every token. The record and its history stay; a token bound to it provisions it again.</summary>
    public static Device Revoke(this SqliteConnection db, string id, DateTimeOffset now)
    {
        var device = db.GetDevice(id);
        db.Execute(
            """
            UPDATE devices SET public_key = NULL, fingerprint = NULL, session_id = $session, revision = revision + 1, updated_at = $now
            WHERE id = $id
            """,
            ("$session", ResourceId.New("dvc_sess")), ("$now", now), ("$id", device.Id));
        return db.GetDevice(id);
    }

    public static void SetAgentVersion(this SqliteConnection db, string id, string version, DateTimeOffset now) => db.Execute(
        "UPDATE devices SET agent_version = $version, updated_at = $now WHERE id = $id",
        ("$version", version), ("$now", now), ("$id", id));

    /// <summary>Records a change that the device must hear of. Part of the transaction that makes the change.</summary>
    public static void BumpRevision(this SqliteConnection db, string id) =>
        db.Execute("UPDATE devices SET revision = revision + 1 WHERE id = $id", ("$id", id));
}
