using Akka.IO;

namespace Akka.Streams.Implementation;

/// <summary>Bytes that arrive in chunks and leave in frames. Nothing is copied, and the cost of a byte does not depend on how many chunks wait.</summary>
internal sealed class ByteQueue
{
    private readonly Queue<ArraySegment<byte>> _chunks = new();
    private ArraySegment<byte> _first;

    public int Count { get; private set; }

    public void Enqueue(ByteString bytes)
    {
        foreach (var piece in bytes.Pieces)
        {
            if (piece.Count == 0)
            {
                continue;
            }

            if (_first.Count == 0)
            {
                _first = piece;
            }
            else
            {
                _chunks.Enqueue(piece);
            }

            Count = checked(Count + piece.Count);
        }
    }

    /// <summary>Copies the bytes from <paramref name="offset"/> on without taking them.</summary>
    public void Peek(int offset, Span<byte> target)
    {
        if (offset + target.Length <= _first.Count)
        {
            _first.AsSpan(offset, target.Length).CopyTo(target);
            return;
        }

        var position = 0;
        foreach (var chunk in _chunks.Prepend(_first))
        {
            for (var i = Math.Max(0, offset - position); i < chunk.Count && position + i < offset + target.Length; i++)
            {
                target[position + i - offset] = chunk[i];
            }

            position += chunk.Count;
        }
    }

    /// <summary>The position of a byte at or after <paramref name="from"/>, or -1.</summary>
    public int IndexOf(byte value, int from)
    {
        var position = 0;
        foreach (var chunk in _chunks.Prepend(_first))
        {
            var skip = Math.Max(0, from - position);
            var found = skip < chunk.Count ? chunk.AsSpan(skip).IndexOf(value) : -1;
            if (found >= 0)
            {
                return position + skip + found;
            }

            position += chunk.Count;
        }

        return -1;
    }

    /// <summary>Takes the first bytes.</summary>
    public ByteString Dequeue(int count)
    {
        if (count <= _first.Count)
        {
            return count == 0 ? ByteString.Empty : ByteString.FromBytes(TakeFromFirst(count));
        }

        var pieces = new List<ArraySegment<byte>>(_chunks.Count + 1);
        for (var left = count; left > 0;)
        {
            var piece = TakeFromFirst(Math.Min(left, _first.Count));
            pieces.Add(piece);
            left -= piece.Count;
        }

        return new ByteString([.. pieces], count);
    }

    /// <summary>Drops the first bytes.</summary>
    public void Skip(int count)
    {
        while (count > 0)
        {
            count -= TakeFromFirst(Math.Min(count, _first.Count)).Count;
        }
    }

    private ArraySegment<byte> TakeFromFirst(int count)
    {
        var taken = _first[..count];
        _first = _first[count..];
        Count -= count;
        if (_first.Count == 0)
        {
            _first = _chunks.TryDequeue(out var next) ? next : default;
        }

        return taken;
    }
}
