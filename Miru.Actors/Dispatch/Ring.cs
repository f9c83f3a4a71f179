using System.Runtime.InteropServices;
using Akka.Actor;

namespace Akka.Dispatch;

/// <summary>One ring of a <see cref="MessageQueue"/>. Positions only grow; a slot is the position modulo the size.</summary>
internal sealed class Ring
{
    /// <summary>Set in the tail when the ring takes no more.</summary>
    private const long Sealed = 1L << 62;

    /// <summary>16 KiB of slots: well below the large object heap.</summary>
    private const int LargestRing = 1024;

    private readonly Slot[] _slots;
    private long _tail;
    private long _limit;
    private Ring _next;
    private ConsumerSide _consumer;

    internal Ring(int size)
    {
        _slots = _consumer.Slots = new Slot[size];
        _limit = size;
    }

    internal Ring Next => Volatile.Read(ref _next);

    internal int Count => (int)Math.Max(0, Tail - Volatile.Read(ref _consumer.Head));

    /// <summary>True when nothing is claimed here beyond what was taken, nor in a ring that follows.</summary>
    internal bool IsDrained => Tail == _consumer.Head && (Next is not { } next || next.IsDrained);

    /// <summary>True when nothing is left and nothing can come any more.</summary>
    internal bool IsDrainedForGood => Volatile.Read(ref _tail) == (_consumer.Head | Sealed);

    private long Tail => Volatile.Read(ref _tail) & ~Sealed;

    internal bool TryEnqueue(object message, IActorRef sender)
    {
        var slots = _slots;
        var tail = Volatile.Read(ref _tail);
        while ((tail & Sealed) == 0 && (tail < Volatile.Read(ref _limit) || tail < RefreshLimit()))
        {
            var seen = Interlocked.CompareExchange(ref _tail, tail + 1, tail);
            if (seen != tail)
            {
                tail = seen;
                continue;
            }
            ref var slot = ref slots[(int)tail & (slots.Length - 1)];
            slot.Sender = sender;
            Volatile.Write(ref slot.Message, message);
            return true;
        }
        return false;
    }

    /// <summary>Seals this ring and gives the one that follows.</summary>
    internal Ring NextOrAppend()
    {
        Interlocked.Or(ref _tail, Sealed);
        if (Next is { } next) return next;
        var larger = new Ring(Math.Min(_slots.Length * 2, LargestRing));
        return Interlocked.CompareExchange(ref _next, larger, null) ?? larger;
    }

    internal bool TryDequeue(out object message, out IActorRef sender)
    {
        var slots = _consumer.Slots;
        var head = _consumer.Head;
        ref var slot = ref slots[(int)head & (slots.Length - 1)];
        message = Volatile.Read(ref slot.Message);
        if (message is null && !TryAwaitClaimed(ref slot, head, out message))
        {
            sender = null;
            return false;
        }
        sender = slot.Sender;
        slot.Sender = null;
        slot.Message = null;
        Volatile.Write(ref _consumer.Head, head + 1);
        return true;
    }

    /// <summary>
    /// The positions below the limit are known to be free. Producers look at the consumer's head once per lap only; a stale limit is a
    /// smaller one, because heads only grow, and so it is harmless that writes to it race.
    /// </summary>
    private long RefreshLimit()
    {
        var limit = Volatile.Read(ref _consumer.Head) + _slots.Length;
        Volatile.Write(ref _limit, limit);
        return limit;
    }

    /// <summary>A producer may have claimed the slot and not written it yet; it is a few instructions away.</summary>
    private bool TryAwaitClaimed(ref Slot slot, long head, out object message)
    {
        message = null;
        if (Tail == head) return false;
        var spinner = new SpinWait();
        while ((message = Volatile.Read(ref slot.Message)) is null) spinner.SpinOnce(sleep1Threshold: -1);
        return true;
    }

    private struct Slot
    {
        internal object Message;
        internal IActorRef Sender;
    }

    /// <summary>What the consumer writes per message, a cache line away from what the producers do.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    private struct ConsumerSide
    {
        [FieldOffset(64)]
        internal Slot[] Slots;

        [FieldOffset(72)]
        internal long Head;
    }
}
