using System.Globalization;

namespace Miru.Agent.Configs;

/// <summary>Single values by name.</summary>
internal sealed class MetaTable(ConfigDatabase database)
{
    public const string Epoch = "epoch";
    public const string Sequence = "sequence";
    public const string OldestTombstone = "oldest_tombstone";

    /// <summary>Digest over the whole current snapshot: rows that are all intact may still be too few.</summary>
    public const string Snapshot = "snapshot";

    /// <summary>Counts transactions; see <see cref="StoreMark"/>.</summary>
    public const string Commits = "commits";

    /// <summary>Version and seal of the schema; see <see cref="SchemaSeal"/>.</summary>
    public const string Schema = "schema";

    /// <summary>The last request that was carried out, so that it is not carried out again.</summary>
    public const string LastRequest = "last_request";

    public static readonly SealedTable Table = new("meta", ["name", "value"]);

    private Dictionary<string, string>? _known;

    /// <summary>All of them, each checked: a name that is damaged must not pass for one that was never set.</summary>
    public IReadOnlyDictionary<string, string> All() => _known ??= Load();

    /// <summary>A whole number among them; 0 if it was never set.</summary>
    public long Number(string name) => All().TryGetValue(name, out var value) ? long.Parse(value, CultureInfo.InvariantCulture) : 0;

    public void Set(string name, long value) => Set(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Writes it if it is not what is there.</summary>
    public void Set(string name, string value)
    {
        if (All().GetValueOrDefault(name) != value)
        {
            Table.Save(database, name, value);
            _known![name] = value;
        }
    }

    /// <summary>What was written last was taken back.</summary>
    public void Forget() => _known = null;

    private Dictionary<string, string> Load()
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        Table.ForEach(database, "", row => known[row.GetString(0)] = row.GetString(1));
        return known;
    }
}
