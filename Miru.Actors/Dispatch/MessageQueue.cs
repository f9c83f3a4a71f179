using Akka.Actor;

namespace Akka.Dispatch;

/// <summary>
/// An unbounded queue of envelopes with any number of producers and one consumer at a time. A chain of rings: producers claim a slot of the
/// newest ring with one compare-and-swap; a full ring is sealed and followed by one of twice its size, up to a limit. A queue that
/// keeps up therefore lives in one small ring and allocates nothing per message.
/// <para>
/// The producer that claimed a slot writes the sender, then publishes the message; a message is never null, so a slot needs no sequence
/// number, and "claimed but not yet written" lasts a few instructions. The consumer clears the slot, then moves the head past it.
/// </para>
/// </summary>
internal sealed class MessageQueue
{
    private const int SmallestRing = 4;

    private Ring _newest;
    private Ring _oldest;
    private Stack<Envelope> _front;

    internal MessageQueue() => _newest = _oldest = new Ring(SmallestRing);

    /// <summary>
    /// True when a message is in the queue or being put into it. The claim is a full fence that precedes the producer's look at the
    /// mailbox's status; the consumer clears the status before it asks here. One of the two sees the other: no wake-up is lost.
    /// </summary>
    internal bool HasMessages => _front is { Count: > 0 } || !_oldest.IsDrained;

    /// <summary>True when a message was put before all others. Only the consumer may ask.</summary>
    internal bool HasFront => _front is { Count: > 0 };

    /// <summary>A moment's count; for people.</summary>
    internal int Count
    {
        get
        {
            var count = _front?.Count ?? 0;
            for (var ring = _oldest; ring is not null; ring = ring.Next) count += ring.Count;
            return count;
        }
    }

    internal void Enqueue(object message, IActorRef sender)
    {
        while (true)
        {
            var ring = Volatile.Read(ref _newest);
            if (ring.TryEnqueue(message, sender)) return;
            var next = ring.NextOrAppend();
            Interlocked.CompareExchange(ref _newest, next, ring);
        }
    }

    /// <summary>Puts a message before all others. Only the consumer may.</summary>
    internal void EnqueueFirst(in Envelope envelope) => (_front ??= new Stack<Envelope>()).Push(envelope);

    /// <summary>Takes the oldest message. Only the consumer may.</summary>
    internal bool TryDequeue(out object message, out IActorRef sender)
    {
        if (_front is { Count: > 0 }) return TryTakeFront(out message, out sender);
        while (!_oldest.TryDequeue(out message, out sender))
        {
            if (_oldest.Next is not { } next) return false;
            // Otherwise it was filled and sealed since we looked: look again.
            if (_oldest.IsDrainedForGood) _oldest = next;
        }
        return true;
    }

    private bool TryTakeFront(out object message, out IActorRef sender)
    {
        var envelope = _front.Pop();
        (message, sender) = (envelope.Message, envelope.Sender);
        if (_front.Count == 0) _front = null;
        return true;
    }
}
