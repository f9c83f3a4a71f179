namespace Miru.Agent.Connections;

/// <summary>
/// What a watcher that fell behind still has to be sent: at most one entry per slug, the newest ([watch-2]), so a reader that stops
/// reading costs its own slugs and never a history.
/// </summary>
internal sealed class Backlog
{
    private readonly LinkedList<Entry> _order = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _bySlug = new(StringComparer.Ordinal);

    /// <summary>How many slugs wait to be sent.</summary>
    public int Count => _order.Count;

    /// <summary>
    /// Puts a change at the end. An older change of the same slug that still waits is dropped and counted; that one's first unsent
    /// sequence is kept, because the watcher lacks everything from there on.
    /// </summary>
    /// <param name="change">What changed.</param>
    /// <param name="firstUnsent">The lowest sequence at which this slug may have changed without the watcher knowing.</param>
    public void Offer(ConfigChange change, long firstUnsent)
    {
        var superseded = 0;
        if (_bySlug.Remove(change.Slug, out var waiting))
        {
            _order.Remove(waiting);
            superseded = waiting.Value.Superseded + 1;
            firstUnsent = Math.Min(firstUnsent, waiting.Value.FirstUnsent);
        }

        _bySlug[change.Slug] = _order.AddLast(new Entry(change, superseded, firstUnsent));
    }

    /// <summary>Drops what waits for a slug.</summary>
    public void Forget(string slug)
    {
        if (_bySlug.Remove(slug, out var waiting))
        {
            _order.Remove(waiting);
        }
    }

    /// <summary>Takes the oldest entry.</summary>
    public bool TryNext(out Delivery delivery)
    {
        if (_order.First is not { } first)
        {
            delivery = default;
            return false;
        }

        var (change, superseded, _) = first.Value;
        _order.RemoveFirst();
        _bySlug.Remove(change.Slug);
        delivery = new Delivery(change.Slug, change.Sequence, change.Version, superseded);
        return true;
    }

    /// <summary>The newest sequence, up to <paramref name="head"/>, before which nothing waits. Looks no further than is needed to know that it is not above <paramref name="atLeast"/>.</summary>
    public long Whole(long head, long atLeast)
    {
        foreach (var entry in _order)
        {
            head = Math.Min(head, entry.FirstUnsent - 1);
            if (head <= atLeast)
            {
                break;
            }
        }

        return head;
    }

    private sealed record Entry(ConfigChange Change, int Superseded, long FirstUnsent);
}
