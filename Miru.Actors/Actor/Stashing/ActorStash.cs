namespace Akka.Actor;

/// <summary>The stash of one incarnation: a list aside, and a way back to the front of the mailbox.</summary>
internal sealed class ActorStash(ActorCell cell) : IStash
{
    private LinkedList<Envelope> _messages = new();
    private int _lastStashed;

    public int Capacity => -1;

    public int Count => _messages.Count;

    public bool IsEmpty => _messages.Count == 0;

    public bool NonEmpty => _messages.Count > 0;

    public bool IsFull => false;

    public void Stash()
    {
        if (cell.Reception.Message is null) throw new IllegalActorStateException("There is no current message to stash.");
        if (cell.Reception.Number == _lastStashed)
            throw new IllegalActorStateException($"Can't stash the same message {cell.Reception.Message} more than once");
        _lastStashed = cell.Reception.Number;
        _messages.AddLast(new Envelope(cell.Reception.Message, cell.Reception.Sender));
    }

    public void Unstash()
    {
        if (_messages.First is not { } oldest) return;
        _messages.RemoveFirst();
        BringBack(oldest.Value);
    }

    public void UnstashAll() => UnstashAll(static _ => true);

    public void UnstashAll(Func<Envelope, bool> predicate)
    {
        // The last one first: each is put before the one that follows it.
        for (var node = _messages.Last; node is not null; node = node.Previous)
            if (predicate(node.Value)) BringBack(node.Value);
        _messages.Clear();
    }

    public IEnumerable<Envelope> ClearStash()
    {
        var messages = _messages;
        _messages = new LinkedList<Envelope>();
        return messages;
    }

    public void Prepend(IEnumerable<Envelope> envelopes)
    {
        foreach (var envelope in envelopes.Reverse())
            if (!_messages.Contains(envelope)) _messages.AddFirst(envelope);
    }

    private void BringBack(Envelope envelope)
    {
        if (envelope.Message is Terminated terminated) cell.DeathWatch.AnnounceAgain(terminated);
        cell.Mailbox.PostFirst(envelope);
    }
}
