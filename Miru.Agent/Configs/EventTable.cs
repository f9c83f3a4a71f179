using System.Text;
using System.Text.Unicode;
using Miru.Agent.Deployments;

namespace Miru.Agent.Configs;

/// <summary>
/// The event log, oldest first. Bounded by count and, since what others wrote is cut, by bytes: <c>configs.events-kept</c> events of 1 KiB at
/// most. The oldest give way.
/// </summary>
internal sealed class EventTable(ConfigDatabase database, TimeProvider time, int kept)
{
    /// <summary>Most bytes of a detail and of a deployment's id, in UTF-8.</summary>
    public const int MaxDetail = 800;
    public const int MaxId = 128;

    public static readonly SealedTable Table = new("events", ["at", "kind", "deployment_id", "sequence", "detail"], NumberedBy: "id");

    public void Add(StoreEventKind kind, string? deploymentId = null, long? sequence = null, string? detail = null)
    {
        Table.Save(database, time.GetUtcNow().ToUnixTimeMilliseconds(), kind.Word(), Cut(deploymentId, MaxId), sequence, Cut(detail, MaxDetail));
        var last = database.LastRow;
        if (last > kept)
        {
            database.Execute("DELETE FROM events WHERE id <= ?", last - kept);
        }
    }

    /// <summary>The next events after <paramref name="after"/>.</summary>
    /// <param name="after">Id of the last event the reader has; 0 for all.</param>
    /// <param name="limit">Most events to return.</param>
    /// <param name="kinds">Only these; all if empty.</param>
    public IReadOnlyList<StoreEvent> After(long after, int limit, params IReadOnlyCollection<StoreEventKind> kinds) => Read(after, limit, kinds, "id");

    /// <summary>The newest events, oldest first.</summary>
    /// <param name="limit">Most events to return.</param>
    /// <param name="kinds">Only these; all if empty.</param>
    public IReadOnlyList<StoreEvent> Newest(int limit, params IReadOnlyCollection<StoreEventKind> kinds) => [.. Read(0, limit, kinds, "id DESC").Reverse()];

    private IReadOnlyList<StoreEvent> Read(long after, int limit, IReadOnlyCollection<StoreEventKind> kinds, string order) => Table.Read(
        database,
        $"WHERE id > ? {(kinds.Count == 0 ? "" : $"AND kind IN ({string.Join(", ", kinds.Select(kind => $"'{kind.Word()}'"))})")} ORDER BY {order} LIMIT ?",
        row => new StoreEvent(
            row.GetInt64(Table.NumberColumn),
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0)),
            DeploymentWords.Read<StoreEventKind>(row.GetString(1)),
            row.GetText(2),
            row.IsNull(3) ? null : row.GetInt64(3),
            row.GetText(4)),
        after, limit);

    /// <summary>The longest beginning that has so few bytes, without half a character at its end.</summary>
    private static string? Cut(string? text, int bytes)
    {
        if (text is null || Encoding.UTF8.GetByteCount(text) <= bytes)
        {
            return text;
        }

        Span<byte> kept = stackalloc byte[bytes];
        Utf8.FromUtf16(text, kept, out var read, out _);
        return text[..read];
    }
}
