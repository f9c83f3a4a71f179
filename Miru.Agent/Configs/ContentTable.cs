using Microsoft.Data.Sqlite;

namespace Miru.Agent.Configs;

/// <summary>Contents by digest, and which content an instance has.</summary>
internal sealed class ContentTable(ConfigDatabase database)
{
    public static readonly SealedTable Instances = new("instances", ["id", "digest", "content_type", "refusal_code", "refusal_reason"]);

    public InstanceRecord? FindInstance(string instanceId) => Instances.Read(
        database,
        "WHERE id = $id",
        row => new InstanceRecord(Text(row, 1), Text(row, 2), Text(row, 3), Text(row, 4)),
        ("$id", instanceId)).SingleOrDefault();

    public bool HasContent(string digest) =>
        database.Query("SELECT 1 FROM contents WHERE digest = $digest", _ => true, ("$digest", digest)).Count > 0;

    /// <summary>The bytes, or null if they are not here.</summary>
    /// <exception cref="StoreDamageException">They are not what their name says.</exception>
    public byte[]? Read(string digest)
    {
        var bytes = database.Query("SELECT bytes FROM contents WHERE digest = $digest", row => row.GetValue(0) as byte[], ("$digest", digest));
        return bytes.Count == 0 ? null : Checked(digest, bytes[0]);
    }

    /// <summary>The bytes of all current configs by digest, in one go: a start waits for this.</summary>
    /// <exception cref="StoreDamageException">Some are not what their name says.</exception>
    public IReadOnlyDictionary<string, byte[]> ReadCurrent()
    {
        // Not a key twice: damage can lead to the same row on two ways.
        var found = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        database.ForEach("SELECT digest, bytes FROM contents WHERE digest IN (SELECT digest FROM current_configs)", row =>
        {
            var digest = row.GetString(0);
            found[digest] = Checked(digest, row.GetValue(1) as byte[]);
        });
        return found;
    }

    public void Keep(string instanceId, string? contentType, byte[] content)
    {
        var digest = ContentDigest.Of(content);
        Keep(digest, content);
        SaveInstance(instanceId, new InstanceRecord(digest, contentType, null, null));
    }

    public void Keep(string digest, byte[] content) => database.Execute(
        "INSERT INTO contents VALUES ($digest, $bytes) ON CONFLICT DO UPDATE SET bytes = excluded.bytes", ("$digest", digest), ("$bytes", content));

    public void Refuse(string instanceId, string code, string reason) =>
        SaveInstance(instanceId, new InstanceRecord(null, null, code, reason));

    /// <summary>Forgets what no deployment and no current config needs.</summary>
    public void Prune() => database.Execute(
        """
        DELETE FROM instances WHERE id NOT IN (SELECT instance_id FROM deployment_configs);
        DELETE FROM contents WHERE digest NOT IN (SELECT digest FROM instances WHERE digest IS NOT NULL)
            AND digest NOT IN (SELECT digest FROM current_configs);
        """);

    private static byte[] Checked(string digest, byte[]? bytes) =>
        bytes is not null && ContentDigest.Of(bytes) == digest ? bytes : throw new StoreDamageException($"the bytes of {digest} are not what was written");

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private void SaveInstance(string id, InstanceRecord instance) => Instances.Save(
        database, id, instance.Digest, instance.ContentType, instance.RefusalCode, instance.RefusalReason);
}
