namespace Miru.Agent.Connections;

/// <summary>
/// What one watch still has to be sent, and when the watcher's view equals a sequence as a whole ([watch-4]), which is what keeps an
/// application from ever seeing half a deployment.
/// <para>
/// A watcher that keeps up walks along the store's last step, which it shares with all others: to a thousand of them a push allocates
/// nothing. One that is offered the next step before it was through has a <see cref="Backlog"/> of its own, where latest wins.
/// </para>
/// </summary>
/// <param name="names">What is watched; the rest of a step is passed over.</param>
/// <param name="from">The sequence the watcher already holds; 0 for a newcomer.</param>
internal sealed class DeliveryQueue(WatchedNames names, long from)
{
    private ConfigChange[] _step = [];
    private int _next;
    private long _firstUnsent;
    private Backlog? _backlog;
    private long _head = from;
    private long _newestSent;
    private long _lastSynced = from;
    private bool _everSynced;

    private bool IsEmpty => _next == _step.Length && _backlog is not { Count: > 0 };

    /// <summary>Offers a step of the store, after which everything up to <paramref name="head"/> has been offered.</summary>
    /// <param name="step">What it changed, in the order of sequences. Shared.</param>
    /// <param name="firstUnsent">
    /// The lowest sequence at which one of these slugs may have changed without the watcher knowing: where several sequences
    /// arrive in one step, the states between them are not known and must not be announced as complete.
    /// </param>
    /// <param name="head">The sequence that it leads to.</param>
    public void Offer(ConfigChange[] step, long firstUnsent, long head)
    {
        if (!IsEmpty)
        {
            FallBehind();
            Keep(step, from: 0, firstUnsent);
        }
        else
        {
            (_step, _next, _firstUnsent) = (step, 0, firstUnsent);
            PassOver();
        }

        _head = Math.Max(_head, head);
    }

    /// <summary>Drops what waits for a slug that is no longer watched.</summary>
    public void Forget(string slug)
    {
        _backlog?.Forget(slug);
        PassOver();
    }

    /// <summary>Takes the oldest entry; the caller has the demand to send it.</summary>
    public bool TryNext(out Delivery delivery)
    {
        if (_next < _step.Length)
        {
            var change = _step[_next++];
            delivery = new Delivery(change.Slug, change.Sequence, change.Version, Superseded: 0);
            PassOver();
        }
        else if (_backlog is null || !_backlog.TryNext(out delivery))
        {
            delivery = default;
            return false;
        }

        _newestSent = Math.Max(_newestSent, delivery.Sequence);
        return true;
    }

    /// <summary>
    /// Yields the sequence whose state the watcher now holds entirely, once for each. True only when nothing that waits
    /// changed at or before it and nothing that was sent is newer.
    /// </summary>
    public bool TrySynced(out long sequence)
    {
        sequence = _next < _step.Length
            ? Math.Min(_head, _firstUnsent - 1)
            : _backlog?.Whole(_head, atLeast: _lastSynced) ?? _head;

        // A watcher that misses nothing from the start hears so once, although its cursor does not move.
        var first = !_everSynced && IsEmpty;
        if (sequence < _newestSent || (sequence <= _lastSynced && !first))
        {
            return false;
        }

        _everSynced = true;
        _lastSynced = sequence;
        return true;
    }

    private void PassOver()
    {
        while (_next < _step.Length && !names.Cover(_step[_next].Slug))
        {
            _next++;
        }
    }

    // The rest of the step that was being walked along becomes the watcher's own, and the step is let go.
    private void FallBehind()
    {
        _backlog ??= new Backlog();
        Keep(_step, _next, _firstUnsent);
        (_step, _next) = ([], 0);
    }

    private void Keep(ConfigChange[] step, int from, long firstUnsent)
    {
        foreach (var change in step.AsSpan(from))
        {
            if (names.Cover(change.Slug))
            {
                _backlog!.Offer(change, firstUnsent);
            }
        }
    }
}
