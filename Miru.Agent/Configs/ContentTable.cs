namespace Miru.Agent.Configs;

/// <summary>Contents by digest, and which content an instance has.</summary>
internal sealed class ContentTable(ConfigDatabase database)
{
    public static readonly SealedTable Instances = new("instances", ["id", "digest", "content_type", "refusal_code", "refusal_reason"]);

    /// <summary>Most bytes that wait for a transaction to ride with.</summary>
    private const int MostWaiting = 256 * 1024;

    private readonly Dictionary<string, InstanceRecord> _instances = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> _contents = new(StringComparer.Ordinal);
    private int _waiting;
    private long _pruned = -1;

    /// <summary>Whether so much waits that it should be written now.</summary>
    public bool IsFull => _waiting > MostWaiting;

    public InstanceRecord? FindInstance(string instanceId) => _instances.GetValueOrDefault(instanceId) ?? Instances.Read(
        database, "WHERE id = ?", row => new InstanceRecord(row.GetText(1), row.GetText(2), row.GetText(3), row.GetText(4)), instanceId).SingleOrDefault();

    public bool HasContent(string digest) =>
        _contents.ContainsKey(digest) || database.Query("SELECT 1 FROM contents WHERE digest = ?", _ => true, digest).Count > 0;

    /// <summary>The bytes, or null if they are not here.</summary>
    /// <exception cref="StoreDamageException">They are not what their name says.</exception>
    public byte[]? Read(string digest)
    {
        if (_contents.TryGetValue(digest, out var waiting))
        {
            return waiting;
        }

        var bytes = database.Query("SELECT bytes FROM contents WHERE digest = ?", row => row.GetBytes(0), digest);
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
            found[digest] = Checked(digest, row.GetBytes(1));
        });
        return found;
    }

    /// <summary>Whether the content under the reader is what the digest in the column before it says.</summary>
    public static bool IsIntact(StoredRow row, int digest) =>
        row.TypeOf(digest) == SqliteCalls.Text && row.GetBytes(digest + 1) is { } bytes && ContentDigest.Of(bytes) == row.GetString(digest);

    /// <summary>
    /// A content that was fetched. It waits for the next transaction, which is that of the deployment that needs it: whoever fetched it asks
    /// what is missing before he relies on it.
    /// </summary>
    public void Take(string instanceId, string? contentType, byte[] content)
    {
        var digest = ContentDigest.Of(content);
        _instances[instanceId] = new InstanceRecord(digest, contentType, null, null);
        if (_contents.TryAdd(digest, content))
        {
            _waiting += content.Length;
        }
    }

    /// <summary>Writes what waits. Part of a transaction; it waits on until <see cref="Release"/>, when that is on the disk.</summary>
    public void Write()
    {
        foreach (var (digest, content) in _contents)
        {
            Keep(digest, content);
        }

        foreach (var (id, instance) in _instances)
        {
            SaveInstance(id, instance);
        }
    }

    /// <summary>Nothing waits any more.</summary>
    public void Release()
    {
        _contents.Clear();
        _instances.Clear();
        _waiting = 0;
    }

    public void Keep(string digest, byte[] content) => database.Execute(
        "INSERT INTO contents VALUES (?, ?) ON CONFLICT DO UPDATE SET bytes = excluded.bytes", digest, content);

    public void Refuse(string instanceId, string code, string reason)
    {
        _instances.Remove(instanceId);
        SaveInstance(instanceId, new InstanceRecord(null, null, code, reason));
    }

    /// <summary>Forgets what no deployment and no current config needs. It looks at every row, so only after something has changed.</summary>
    public void Prune()
    {
        if (database.Changes == _pruned)
        {
            return;
        }

        database.Execute("DELETE FROM instances WHERE id NOT IN (SELECT instance_id FROM deployment_configs)");
        database.Execute(
            """
            DELETE FROM contents WHERE digest NOT IN (SELECT digest FROM instances WHERE digest IS NOT NULL)
                AND digest NOT IN (SELECT digest FROM current_configs)
            """);
        _pruned = database.Changes;
    }

    private static byte[] Checked(string digest, byte[]? bytes) =>
        bytes is not null && ContentDigest.Of(bytes) == digest ? bytes : throw new StoreDamageException($"the bytes of {digest} are not what was written");

    private void SaveInstance(string id, InstanceRecord instance) => Instances.Save(
        database, id, instance.Digest, instance.ContentType, instance.RefusalCode, instance.RefusalReason);
}
