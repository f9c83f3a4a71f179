using System.Buffers.Binary;

namespace Miru.Benchmarks.Hostile;

/// <summary>Damages bytes: blindly, and as somebody would who knows frames and JSON.</summary>
internal sealed class Mutator(Random random)
{
    private const int Longest = 4096;
    private static readonly byte[] Tokens = [.. "{}[]\":,\\0123456789-+.eEtrufalsn \t"u8];
    private static readonly uint[] Lengths = [0, 7, 8, 9, 11, 12, 4096, 4097, 65_535, 65_536, 65_537, 4_194_304, 4_194_305, int.MaxValue, uint.MaxValue];

    /// <summary>A damaged copy, with pieces of <paramref name="other"/> here and there.</summary>
    public byte[] Damage(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> other)
    {
        var result = new List<byte>(bytes.Length + 16);
        result.AddRange(bytes);
        for (var left = random.Next(1, 5); left > 0; left--)
        {
            Damage(result, other);
        }

        return [.. result.Take(Longest)];
    }

    private void Damage(List<byte> bytes, ReadOnlySpan<byte> other)
    {
        var at = random.Next(bytes.Count + 1);
        switch (random.Next(8))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2 when at < bytes.Count:
                bytes[at] = Tokens[random.Next(Tokens.Length)];
                break;
            case 3:
                bytes.Insert(at, Tokens[random.Next(Tokens.Length)]);
                break;
            case 4 when at < bytes.Count:
                bytes.RemoveRange(at, random.Next(1, Math.Min(8, bytes.Count - at) + 1));
                break;
            case 5 when other.Length > 0:
                var start = random.Next(other.Length);
                bytes.InsertRange(at, other.Slice(start, random.Next(1, other.Length - start + 1)).ToArray());
                break;
            case 6 when bytes.Count >= 4:
                Put(bytes, Lengths[random.Next(Lengths.Length)]);
                break;
            case 7 when bytes.Count >= 12:
                // What was damaged behind the length arrives as a whole frame.
                Put(bytes, (uint)(bytes.Count - 4));
                break;
        }
    }

    private static void Put(List<byte> bytes, uint length)
    {
        Span<byte> field = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(field, length);
        for (var at = 0; at < field.Length; at++)
        {
            bytes[at] = field[at];
        }
    }
}
