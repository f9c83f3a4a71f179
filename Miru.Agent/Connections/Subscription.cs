using Miru.Agent.Configs;
using Miru.Protocol;

namespace Miru.Agent.Connections;

/// <summary>
/// One WATCH of one connection: the names it asked for, and what of them is still to be sent. The first snapshot and the registration
/// are one step ([watch-1]).
/// </summary>
internal sealed class Subscription
{
    private readonly WatchedNames _names;
    private readonly DeliveryQueue _queue;
    private ConfigSnapshot _offered;

    private Subscription(uint correlation, IReadOnlyCollection<string>? slugs, long from, ConfigSnapshot snapshot)
    {
        Correlation = correlation;
        _names = new WatchedNames(slugs, snapshot);
        _queue = new DeliveryQueue(_names, from);
        _offered = snapshot;
    }

    /// <summary>The correlation of the WATCH, which every frame pushed for it carries ([frame-6]).</summary>
    public uint Correlation { get; }

    /// <summary>No name is left: the watch can be dropped.</summary>
    public bool IsEmpty => _names.IsEmpty;

    /// <summary>Opens a watch on <paramref name="snapshot"/>, from where the application's cursor stands if that still means something.</summary>
    /// <param name="correlation">The correlation of the WATCH.</param>
    /// <param name="slugs">The names, or <c>null</c> for all.</param>
    /// <param name="after">The epoch and sequence the application already holds; <c>null</c> for a newcomer.</param>
    /// <param name="snapshot">The current state.</param>
    /// <param name="listed">The slugs of a full snapshot; <c>null</c> where only the changes since <paramref name="after"/> follow.</param>
    public static Subscription Open(
        uint correlation, IReadOnlyCollection<string>? slugs, Cursor? after, ConfigSnapshot snapshot, out IReadOnlyList<string>? listed)
    {
        var from = after is not null && CanResume(after, snapshot) ? after.Sequence : (long?)null;
        var subscription = new Subscription(correlation, slugs, from ?? 0, snapshot);
        listed = from is not null ? null : snapshot.Configs.Keys.Where(subscription._names.Cover).ToArray();
        subscription.Offer(snapshot, since: from ?? 0, from is { } known ? SnapshotChanges.Since(known, snapshot) : SnapshotChanges.All(snapshot));
        return subscription;
    }

    /// <summary>Offers what changed since the last snapshot. A snapshot it already has changes nothing.</summary>
    public void Advance(ConfigSnapshot snapshot)
    {
        if (snapshot.Sequence > _offered.Sequence)
        {
            Offer(snapshot, _offered.Sequence, SnapshotChanges.Between(_offered, snapshot));
        }
    }

    /// <summary>Stops watching some names.</summary>
    /// <returns>Whether one of them was watched by name; a watch on everything has no names to give up.</returns>
    public bool Forget(IReadOnlyCollection<string> slugs)
    {
        var any = false;
        foreach (var slug in slugs)
        {
            if (_names.Forget(slug))
            {
                _queue.Forget(slug);
                any = true;
            }
        }

        return any;
    }

    public bool TryNext(out Delivery delivery) => _queue.TryNext(out delivery);

    public bool TrySynced(out long sequence) => _queue.TrySynced(out sequence);

    private static bool CanResume(Cursor after, ConfigSnapshot snapshot) =>
        after.Epoch == snapshot.Epoch && after.Sequence <= snapshot.Sequence && after.Sequence >= snapshot.OldestTombstone;

    private void Offer(ConfigSnapshot snapshot, long since, ConfigChange[] step)
    {
        _queue.Offer(step, firstUnsent: since + 1, snapshot.Sequence);
        _offered = snapshot;
    }
}
