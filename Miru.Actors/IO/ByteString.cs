using System.Collections;
using System.Text;

namespace Akka.IO;

/// <summary>
/// An immutable sequence of bytes made of one or more pieces of arrays. Slicing and concatenating copy no bytes; <see cref="Compact"/> and
/// <see cref="ToArray"/> do. Whoever hands an array to <c>FromBytes</c> must not change it any more.
/// </summary>
public sealed partial class ByteString : IEquatable<ByteString>, IEnumerable<byte>
{
    private readonly ArraySegment<byte>[] _pieces;

    internal ByteString(ArraySegment<byte>[] pieces, int count)
    {
        _pieces = pieces;
        Count = count;
    }

    private ByteString(ArraySegment<byte> piece) : this([piece], piece.Count)
    {
    }

    /// <summary>No bytes.</summary>
    public static ByteString Empty { get; } = new([], 0);

    /// <summary>The number of bytes.</summary>
    public int Count { get; }

    public bool IsEmpty => Count == 0;

    /// <summary>The bytes lie in one piece.</summary>
    public bool IsCompact => _pieces.Length <= 1;

    internal ReadOnlySpan<ArraySegment<byte>> Pieces => _pieces;

    /// <exception cref="IndexOutOfRangeException">The index is outside of the string.</exception>
    public byte this[int index]
    {
        get
        {
            if ((uint)index >= (uint)Count)
            {
                throw new IndexOutOfRangeException("Requested index is outside of the bounds of the ByteString.");
            }

            var piece = 0;
            while (index >= _pieces[piece].Count)
            {
                index -= _pieces[piece++].Count;
            }

            return _pieces[piece][index];
        }
    }

    /// <summary>The same bytes in one piece.</summary>
    public ByteString Compact() => IsCompact ? this : FromBytes(ToArray());

    /// <summary>The bytes from an index on.</summary>
    public ByteString Slice(int index) => Slice(index, Count - index);

    /// <summary>At most <paramref name="count"/> bytes from an index on: fewer, if fewer follow.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is outside of the string, or the count is negative.</exception>
    public ByteString Slice(int index, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(index, Count);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        count = Math.Min(count, Count - index);
        if (count == 0)
        {
            return Empty;
        }

        if (count == Count)
        {
            return this;
        }

        var first = 0;
        while (index >= _pieces[first].Count)
        {
            index -= _pieces[first++].Count;
        }

        if (index + count <= _pieces[first].Count)
        {
            return new ByteString(_pieces[first].Slice(index, count));
        }

        var pieces = new List<ArraySegment<byte>>(_pieces.Length - first);
        for (var left = count; left > 0; first++, index = 0)
        {
            var piece = _pieces[first].Slice(index, Math.Min(left, _pieces[first].Count - index));
            pieces.Add(piece);
            left -= piece.Count;
        }

        return new ByteString([.. pieces], count);
    }

    /// <summary>These bytes, then the others.</summary>
    public ByteString Concat(ByteString other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.IsEmpty)
        {
            return this;
        }

        return IsEmpty ? other : new ByteString([.. _pieces, .. other._pieces], checked(Count + other.Count));
    }

    /// <summary>The position of the first such byte, or -1.</summary>
    public int IndexOf(byte b) => IndexOf(b, 0);

    /// <summary>The position of the first such byte at or after <paramref name="from"/>, or -1.</summary>
    public int IndexOf(byte b, int from)
    {
        var start = 0;
        foreach (var piece in _pieces)
        {
            var skip = Math.Max(0, from - start);
            if (skip < piece.Count)
            {
                var found = piece.AsSpan(skip).IndexOf(b);
                if (found >= 0)
                {
                    return start + skip + found;
                }
            }

            start += piece.Count;
        }

        return -1;
    }

    /// <summary>Whether the other bytes stand here from an index on.</summary>
    public bool HasSubstring(ByteString other, int index)
    {
        if (index < 0 || other.Count > Count - index)
        {
            return false;
        }

        for (var i = 0; i < other.Count; i++)
        {
            if (this[index + i] != other[i])
            {
                return false;
            }
        }

        return true;
    }

    public byte[] ToArray()
    {
        var bytes = new byte[Count];
        CopyTo(bytes, 0, Count);
        return bytes;
    }

    public bool Equals(ByteString other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        if (other is null || Count != other.Count)
        {
            return false;
        }

        return IsCompact && other.IsCompact
            ? IsEmpty || _pieces[0].AsSpan().SequenceEqual(other._pieces[0])
            : this.SequenceEqual(other);
    }

    public override bool Equals(object obj) => Equals(obj as ByteString);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var piece in _pieces)
        {
            foreach (var b in piece)
            {
                hash.Add(b);
            }
        }

        return hash.ToHashCode();
    }

    /// <summary>The bytes as UTF-8.</summary>
    public override string ToString() => ToString(Encoding.UTF8);

    public string ToString(Encoding encoding) =>
        IsCompact ? (IsEmpty ? "" : encoding.GetString(_pieces[0])) : encoding.GetString(ToArray());

    public IEnumerator<byte> GetEnumerator()
    {
        foreach (var piece in _pieces)
        {
            foreach (var b in piece)
            {
                yield return b;
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public static bool operator ==(ByteString x, ByteString y) => Equals(x, y);

    public static bool operator !=(ByteString x, ByteString y) => !Equals(x, y);

    public static ByteString operator +(ByteString x, ByteString y) => x.Concat(y);

    /// <summary>Copies nothing: the array must not be changed any more.</summary>
    public static explicit operator ByteString(byte[] bytes) => FromBytes(bytes);

    public static explicit operator byte[](ByteString byteString) => byteString.ToArray();
}
