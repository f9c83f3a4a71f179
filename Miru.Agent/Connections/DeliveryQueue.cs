using Miru.Agent.Configs;

namespace Miru.Agent.Connections;

/// <summary>
/// What one watch still has to be sent: at most one entry per slug, the newest ([watch-2]), so a reader that stops
/// reading costs its own slugs and never a history. It also decides when the watcher's view equals a sequence as a whole
/// ([watch-4]), which is what keeps an application from ever seeing half a deployment.
/// </summary>
/// <param name="from">The sequence the watcher already holds; 0 for a newcomer.</param>
internal sealed class DeliveryQueue(long from)
{
    private readonly LinkedList<Entry> _order = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _bySlug = new(StringComparer.Ordinal);
    private long _head = from;
    private long _newestSent;
    private long _lastSynced = from;
    private bool _everSynced;

    /// <summary>How many slugs wait to be sent.</summary>
    public int Count => _order.Count;

    /// <summary>
    /// Puts a change at the end of the queue. An older change of the same slug that still waits is dropped and counted;
    /// that one's first unsent sequence is kept, because the watcher lacks everything from there on.
    /// </summary>
    /// <param name="slug">Which config changed.</param>
    /// <param name="sequence">The sequence of the change.</param>
    /// <param name="version">The new version, or <c>null</c> for a removal.</param>
    /// <param name="firstUnsent">
    /// The lowest sequence at which this slug may have changed without the watcher knowing: where several sequences
    /// arrive in one step, the states between them are not known and must not be announced as complete.
    /// </param>
    public void Offer(string slug, long sequence, ConfigVersion? version, long firstUnsent)
    {
        var superseded = 0;
        if (_bySlug.Remove(slug, out var waiting))
        {
            _order.Remove(waiting);
            superseded = waiting.Value.Superseded + 1;
            firstUnsent = Math.Min(firstUnsent, waiting.Value.FirstUnsent);
        }

        _bySlug[slug] = _order.AddLast(new Entry(slug, sequence, version, superseded, firstUnsent));
    }

    /// <summary>Everything up to <paramref name="head"/> has been offered.</summary>
    public void Advance(long head) => _head = Math.Max(_head, head);

    /// <summary>Drops what waits for a slug that is no longer watched.</summary>
    public void Forget(string slug)
    {
        if (_bySlug.Remove(slug, out var waiting))
        {
            _order.Remove(waiting);
        }
    }

    /// <summary>Takes the oldest entry; the caller has the demand to send it.</summary>
    public bool TryNext(out Delivery delivery)
    {
        if (_order.First is not { } first)
        {
            delivery = null!;
            return false;
        }

        var entry = first.Value;
        _order.RemoveFirst();
        _bySlug.Remove(entry.Slug);
        _newestSent = Math.Max(_newestSent, entry.Sequence);
        delivery = new Delivery(entry.Slug, entry.Sequence, entry.Version, entry.Superseded);
        return true;
    }

    /// <summary>
    /// Yields the sequence whose state the watcher now holds entirely, once for each. True only when nothing that waits
    /// changed at or before it and nothing that was sent is newer.
    /// </summary>
    public bool TrySynced(out long sequence)
    {
        sequence = _head;
        foreach (var entry in _order)
        {
            sequence = Math.Min(sequence, entry.FirstUnsent - 1);
            if (sequence < _newestSent || sequence <= _lastSynced)
            {
                return false;
            }
        }

        // A watcher that misses nothing from the start hears so once, although its cursor does not move.
        var first = !_everSynced && _order.Count == 0;
        if (sequence < _newestSent || (sequence <= _lastSynced && !first))
        {
            return false;
        }

        _everSynced = true;
        _lastSynced = sequence;
        return true;
    }

    private sealed record Entry(string Slug, long Sequence, ConfigVersion? Version, int Superseded, long FirstUnsent);
}
