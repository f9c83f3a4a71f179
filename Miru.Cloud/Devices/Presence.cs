using System.Collections.Concurrent;
using Miru.Cloud.LongPoll;
using Miru.Cloud.Storage;

namespace Miru.Cloud.Devices;

/// <summary>
/// Who was seen when. Kept in memory, since ten thousand devices must not cost a write per request: the database hears of connections, of
/// disconnections once they are known, and of the rest at an orderly stop. Holds one entry per device that ever authenticated.
/// </summary>
internal sealed class Presence(Database database, ChangeFeed changes, TimeProvider time)
{
    /// <summary>The contract's "within the last 60 seconds".</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _lastSeen = new();

    /// <summary>The device has just authenticated itself. Returns it as it is afterwards.</summary>
    public async ValueTask<Device> SeenAsync(Device device)
    {
        var now = time.GetUtcNow();
        var before = LastSeen(device);
        var online = IsOnline(device);
        _lastSeen[device.Id] = now;
        if (online && device.LastConnectedAt is not null)
        {
            return device;
        }

        return await database.WriteAsync(db =>
        {
            db.Execute(
                """
                UPDATE devices SET last_connected_at = $now, last_seen_at = $now,
                    last_disconnected_at = COALESCE($before, last_disconnected_at)
                WHERE id = $id
                """,
                ("$now", now), ("$before", before), ("$id", device.Id));
            return db.GetDevice(device.Id);
        });
    }

    /// <summary>The device was on the line until now: a wait as long as the window is not an absence, and its end no new connection.</summary>
    public void Stayed(Device device) => _lastSeen[device.Id] = time.GetUtcNow();

    public string StatusOf(Device device) => device switch
    {
        { PublicKey: null } => "inactive",
        { LastConnectedAt: null } => "activating",
        _ => IsOnline(device) ? "online" : "offline",
    };

    /// <summary>A device that is offline was disconnected when it was last seen.</summary>
    public DateTimeOffset? LastDisconnectedAt(Device device) =>
        IsOnline(device) ? device.LastDisconnectedAt : LastSeen(device) ?? device.LastDisconnectedAt;

    public DateTimeOffset? LastSeen(Device device) => _lastSeen.TryGetValue(device.Id, out var seen) ? seen : device.LastSeenAt;

    /// <summary>Writes down what memory knows, so that a restart does not forget it.</summary>
    public Task SaveAsync()
    {
        var seen = _lastSeen.ToArray();
        return database.WriteAsync(db =>
        {
            foreach (var (id, at) in seen)
            {
                db.Execute("UPDATE devices SET last_seen_at = $at WHERE id = $id", ("$at", at), ("$id", id));
            }
        });
    }

    private bool IsOnline(Device device) =>
        changes.IsWaiting(device.Id) || (LastSeen(device) is { } seen && time.GetUtcNow() - seen <= Window);
}
