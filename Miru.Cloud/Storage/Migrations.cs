using Microsoft.Data.Sqlite;

namespace Miru.Cloud.Storage;

/// <summary>
/// The schema, as the steps that led to it. <c>PRAGMA user_version</c> counts the steps a file has seen; a landed step is never edited.
/// Times are Unix milliseconds.
/// </summary>
internal static class Migrations
{
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE server (
            epoch TEXT NOT NULL
        ) STRICT;

        CREATE TABLE admin_keys (
            hash       BLOB PRIMARY KEY,
            created_at INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE devices (
            id                   TEXT PRIMARY KEY,
            name                 TEXT NOT NULL UNIQUE,
            session_id           TEXT NOT NULL,
            public_key           BLOB,
            fingerprint          TEXT UNIQUE,
            agent_version        TEXT,
            revision             INTEGER NOT NULL DEFAULT 0,
            last_seen_at         INTEGER,
            last_connected_at    INTEGER,
            last_disconnected_at INTEGER,
            created_at           INTEGER NOT NULL,
            updated_at           INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE provisioning_tokens (
            hash       BLOB PRIMARY KEY,
            device_id  TEXT REFERENCES devices (id),
            used_at    INTEGER,
            expires_at INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE device_jwts (
            device_id  TEXT NOT NULL REFERENCES devices (id),
            jti        TEXT NOT NULL,
            expires_at INTEGER NOT NULL,
            PRIMARY KEY (device_id, jti)
        ) STRICT, WITHOUT ROWID;

        CREATE INDEX device_jwts_by_expiry ON device_jwts (expires_at);

        CREATE TABLE releases (
            sequence   INTEGER PRIMARY KEY AUTOINCREMENT,
            id         TEXT NOT NULL UNIQUE,
            version    TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE contents (
            digest TEXT PRIMARY KEY,
            bytes  BLOB NOT NULL
        ) STRICT;

        CREATE TABLE config_instances (
            id               TEXT PRIMARY KEY,
            release_id       TEXT NOT NULL REFERENCES releases (id),
            position         INTEGER NOT NULL,
            config_type_name TEXT NOT NULL,
            filepath         TEXT NOT NULL,
            format           TEXT NOT NULL,
            digest           TEXT NOT NULL REFERENCES contents (digest),
            size             INTEGER NOT NULL,
            created_at       INTEGER NOT NULL,
            UNIQUE (release_id, position),
            UNIQUE (release_id, filepath)
        ) STRICT;

        CREATE TABLE deployments (
            sequence        INTEGER PRIMARY KEY AUTOINCREMENT,
            id              TEXT NOT NULL UNIQUE,
            device_id       TEXT NOT NULL REFERENCES devices (id),
            release_id      TEXT NOT NULL REFERENCES releases (id),
            description     TEXT NOT NULL,
            activity_status TEXT NOT NULL,
            error_status    TEXT NOT NULL,
            target_status   TEXT NOT NULL,
            deployed_at     INTEGER,
            archived_at     INTEGER,
            created_at      INTEGER NOT NULL,
            updated_at      INTEGER NOT NULL
        ) STRICT;

        CREATE INDEX deployments_by_device ON deployments (device_id, sequence);
        CREATE INDEX deployments_by_release ON deployments (release_id, device_id);
        """,

        // A fleet's tokens are made one after the other, and each looks for those that can be forgotten.
        "CREATE INDEX provisioning_tokens_by_expiry ON provisioning_tokens (expires_at);",
    ];

    public static void Apply(SqliteConnection connection)
    {
        var seen = connection.Number("PRAGMA user_version") ?? 0;
        if (seen > Steps.Length)
        {
            throw new InvalidDataException(
                $"the database has schema version {seen}, this server knows up to {Steps.Length}: it was written by a newer Miru.Cloud");
        }

        for (var step = (int)seen; step < Steps.Length; step++)
        {
            using var transaction = connection.BeginTransaction();
            connection.Execute(Steps[step]);
            connection.Execute($"PRAGMA user_version = {step + 1}");
            transaction.Commit();
        }
    }
}
