using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Miru.Agent.Configs;

/// <summary>
/// A checksum that travels with a row. SQLite's pages have none: a flipped bit in a path or a state would be read as if it had been written.
/// </summary>
internal static class RowSeal
{
    private const byte Nothing = 0;
    private const byte Number = 1;
    private const byte Text = 2;

    /// <summary>The first 64 bits of SHA-256 over the table's name and every value with its type and length.</summary>
    /// <param name="values">Strings, whole numbers and nulls.</param>
    public static long Of(string table, ReadOnlySpan<object?> values)
    {
        var length = Size(table);
        foreach (var value in values)
        {
            length += value is string text ? Size(text) : 1 + sizeof(long);
        }

        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            var used = Write(buffer, 0, table);
            foreach (var value in values)
            {
                used = Write(buffer, used, value);
            }

            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(buffer.AsSpan(0, used), hash);
            return BinaryPrimitives.ReadInt64BigEndian(hash);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static int Size(string text) => 1 + sizeof(int) + Encoding.UTF8.GetMaxByteCount(text.Length);

    private static int Write(byte[] buffer, int at, object? value)
    {
        switch (value)
        {
            case null or DBNull:
                buffer[at] = Nothing;
                return at + 1;
            case string text:
                buffer[at] = Text;
                var bytes = Encoding.UTF8.GetBytes(text, buffer.AsSpan(at + 1 + sizeof(int)));
                BinaryPrimitives.WriteInt32BigEndian(buffer.AsSpan(at + 1), bytes);
                return at + 1 + sizeof(int) + bytes;
            case int or long:
                buffer[at] = Number;
                BinaryPrimitives.WriteInt64BigEndian(buffer.AsSpan(at + 1), Convert.ToInt64(value));
                return at + 1 + sizeof(long);
            default:
                // A type that is never written: whatever was read here is not what was sealed.
                buffer[at] = byte.MaxValue;
                return at + 1;
        }
    }
}
