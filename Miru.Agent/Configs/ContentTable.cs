namespace Miru.Agent.Configs;

/// <summary>Contents by digest, and which content an instance has.</summary>
internal sealed class ContentTable(ConfigDatabase database)
{
    public InstanceRecord? FindInstance(string instanceId) => database.Query(
        "SELECT digest, content_type, refusal_code, refusal_reason FROM instances WHERE id = $id",
        row => new InstanceRecord(Text(row, 0), Text(row, 1), Text(row, 2), Text(row, 3)),
        ("$id", instanceId)).SingleOrDefault();

    public bool HasContent(string digest) =>
        database.Query("SELECT 1 FROM contents WHERE digest = $digest", _ => true, ("$digest", digest)).Count > 0;

    /// <summary>The bytes, or null if they are missing or are not what their name says.</summary>
    public byte[]? Read(string digest)
    {
        var bytes = database.Query("SELECT bytes FROM contents WHERE digest = $digest", row => row.GetFieldValue<byte[]>(0), ("$digest", digest)).SingleOrDefault();
        return bytes is not null && ContentDigest.Of(bytes) == digest ? bytes : null;
    }

    public void Keep(string instanceId, string? contentType, byte[] content)
    {
        var digest = ContentDigest.Of(content);
        database.Execute("INSERT OR REPLACE INTO contents VALUES ($digest, $bytes)", ("$digest", digest), ("$bytes", content));
        SaveInstance(instanceId, new InstanceRecord(digest, contentType, null, null));
    }

    public void Refuse(string instanceId, string code, string reason) =>
        SaveInstance(instanceId, new InstanceRecord(null, null, code, reason));

    /// <summary>Drops damaged bytes, so that they count as missing.</summary>
    public void Drop(string digest) => database.Execute("DELETE FROM contents WHERE digest = $digest", ("$digest", digest));

    /// <summary>Forgets what no deployment and no current config needs.</summary>
    public void Prune() => database.Execute(
        """
        DELETE FROM instances WHERE id NOT IN (SELECT instance_id FROM deployment_configs);
        DELETE FROM contents WHERE digest NOT IN (SELECT digest FROM instances WHERE digest IS NOT NULL)
            AND digest NOT IN (SELECT digest FROM current_configs);
        """);

    private static string? Text(Microsoft.Data.Sqlite.SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private void SaveInstance(string id, InstanceRecord instance) => database.Execute(
        "INSERT OR REPLACE INTO instances VALUES ($id, $digest, $type, $code, $reason)",
        ("$id", id), ("$digest", instance.Digest), ("$type", instance.ContentType), ("$code", instance.RefusalCode), ("$reason", instance.RefusalReason));
}
