namespace Akka.Actor;

/// <summary>
/// Entries by due time, the first on top. They stand in pieces of equal size: one large array would live where only a full collection looks, and to
/// grow it would copy all of it.
/// </summary>
internal sealed class TimerHeap
{
    private const int PieceBits = 12;
    private const int PieceSize = 1 << PieceBits;

    private TimerQueueEntry[][] _pieces = [new TimerQueueEntry[16]];

    public int Count { get; private set; }

    public TimerQueueEntry First => _pieces[0][0];

    public void Add(TimerQueueEntry entry)
    {
        Reserve(Count);
        SiftUp(entry, Count++);
    }

    public TimerQueueEntry TakeFirst()
    {
        var first = First;
        var last = this[--Count];
        this[Count] = null;
        if (Count > 0) SiftDown(last, 0);
        return first;
    }

    /// <summary>Keeps those that are still queued, in time proportional to the number of all.</summary>
    public void DropCancelled()
    {
        var live = 0;
        for (var i = 0; i < Count; i++)
        {
            if (this[i] is { IsQueued: true } entry) this[live++] = entry;
        }
        for (var i = live; i < Count; i++) this[i] = null;
        Count = live;
        Release();
        for (var i = Count / 2 - 1; i >= 0; i--) SiftDown(this[i], i);
    }

    public void Clear() => (_pieces, Count) = ([new TimerQueueEntry[16]], 0);

    private TimerQueueEntry this[int index]
    {
        get => _pieces[index >> PieceBits][index & (PieceSize - 1)];
        set => _pieces[index >> PieceBits][index & (PieceSize - 1)] = value;
    }

    /// <summary>Makes room for an index. The first piece begins small, for most systems have few timers.</summary>
    private void Reserve(int index)
    {
        var piece = index >> PieceBits;
        if (piece == 0 && index == _pieces[0].Length) Array.Resize(ref _pieces[0], index * 2);
        if (piece == _pieces.Length) Array.Resize(ref _pieces, piece * 2);
        _pieces[piece] ??= new TimerQueueEntry[PieceSize];
    }

    /// <summary>Lets go of the pieces that are empty, but for one.</summary>
    private void Release()
    {
        for (var piece = (Count >> PieceBits) + 2; piece < _pieces.Length && _pieces[piece] is not null; piece++) _pieces[piece] = null;
    }

    /// <summary>Puts an entry at a free place or above it.</summary>
    private void SiftUp(TimerQueueEntry entry, int index)
    {
        while (index > 0 && this[(index - 1) / 2] is var parent && entry.IsBefore(parent))
        {
            this[index] = parent;
            index = (index - 1) / 2;
        }
        this[index] = entry;
    }

    /// <summary>Puts an entry at a place or below it.</summary>
    private void SiftDown(TimerQueueEntry entry, int index)
    {
        while (true)
        {
            var child = 2 * index + 1;
            if (child >= Count) break;
            var earlier = this[child];
            if (child + 1 < Count && this[child + 1] is var right && right.IsBefore(earlier)) (child, earlier) = (child + 1, right);
            if (entry.IsBefore(earlier)) break;
            this[index] = earlier;
            index = child;
        }
        this[index] = entry;
    }
}
