using System.Text;

namespace Akka.IO;

/// <summary>The ways in and out.</summary>
public sealed partial class ByteString
{
    /// <summary>Wraps the array; it must not be changed any more.</summary>
    public static ByteString FromBytes(byte[] array) => FromBytes(array, 0, array.Length);

    /// <inheritdoc cref="FromBytes(byte[])"/>
    public static ByteString FromBytes(byte[] array, int offset, int count) => FromBytes(new ArraySegment<byte>(array, offset, count));

    /// <inheritdoc cref="FromBytes(byte[])"/>
    public static ByteString FromBytes(ArraySegment<byte> buffer) => buffer.Count == 0 ? Empty : new ByteString(buffer);

    /// <inheritdoc cref="FromBytes(byte[])"/>
    public static ByteString FromBytes(IEnumerable<ArraySegment<byte>> buffers)
    {
        var pieces = buffers.Where(buffer => buffer.Count > 0).ToArray();
        return new ByteString(pieces, pieces.Sum(piece => piece.Count));
    }

    public static ByteString CopyFrom(byte[] array) => CopyFrom(array.AsSpan());

    public static ByteString CopyFrom(byte[] array, int offset, int count) => CopyFrom(array.AsSpan(offset, count));

    public static ByteString CopyFrom(ArraySegment<byte> buffer) => CopyFrom(buffer.AsSpan());

    public static ByteString CopyFrom(Memory<byte> memory) => CopyFrom(memory.Span);

    public static ByteString CopyFrom(Memory<byte> memory, int offset, int count) => CopyFrom(memory.Span.Slice(offset, count));

    public static ByteString CopyFrom(Span<byte> span) => span.IsEmpty ? Empty : new ByteString(new ArraySegment<byte>(span.ToArray()));

    public static ByteString CopyFrom(Span<byte> span, int offset, int count) => CopyFrom(span.Slice(offset, count));

    public static ByteString CopyFrom(IEnumerable<ArraySegment<byte>> buffers) => FromBytes(FromBytes(buffers).ToArray());

    /// <summary>The text as UTF-8.</summary>
    public static ByteString FromString(string str) => FromString(str, Encoding.UTF8);

    public static ByteString FromString(string str, Encoding encoding) => FromBytes(encoding.GetBytes(str));

    /// <summary>Copies at most <paramref name="count"/> bytes; returns how many.</summary>
    public int CopyTo(byte[] buffer, int index, int count) => CopyTo(buffer.AsSpan(index, Math.Min(count, buffer.Length - index)));

    /// <summary>Copies as many bytes as fit; returns how many.</summary>
    public int CopyTo(ref Memory<byte> buffer) => CopyTo(buffer.Span);

    /// <summary>Copies at most <paramref name="count"/> bytes; returns how many.</summary>
    public int CopyTo(ref Memory<byte> buffer, int index, int count) => CopyTo(buffer.Span.Slice(index, count));

    /// <summary>Copies as many bytes as fit; returns how many.</summary>
    public int CopyTo(ref Span<byte> buffer) => CopyTo(buffer);

    /// <summary>Copies at most <paramref name="count"/> bytes; returns how many.</summary>
    public int CopyTo(ref Span<byte> buffer, int index, int count) => CopyTo(buffer.Slice(index, count));

    public void WriteTo(Stream stream)
    {
        foreach (var piece in _pieces)
        {
            stream.Write(piece);
        }
    }

    public async Task WriteToAsync(Stream stream)
    {
        foreach (var piece in _pieces)
        {
            await stream.WriteAsync(piece).ConfigureAwait(false);
        }
    }

    private int CopyTo(Span<byte> target)
    {
        var copied = 0;
        foreach (var piece in _pieces)
        {
            var part = piece.AsSpan(0, Math.Min(piece.Count, target.Length - copied));
            part.CopyTo(target[copied..]);
            copied += part.Length;
        }

        return copied;
    }
}
