using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;

namespace Miru.Agent.Configs;

/// <summary>
/// A checksum that travels with a row: XxHash64 over the table's name and every value with its type and length. SQLite's pages have none: a
/// flipped bit in a path or a state would be read as if it had been written.
/// </summary>
/// <remarks>Up to schema 3 it was the first 64 bits of SHA-256, which took a tenth of a commit's time. Such a seal is good until its row is written again.</remarks>
internal ref struct RowSeal
{
    private const byte Nothing = 0;
    private const byte WholeNumber = 1;
    private const byte Text = 2;
    private const int TypicalRow = 512;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(TypicalRow);
    private int _used;

    private RowSeal(string table) => Add(table);

    /// <param name="values">Strings, whole numbers and nulls.</param>
    public static long Of(string table, params ReadOnlySpan<object?> values)
    {
        var seal = new RowSeal(table);
        foreach (var value in values)
        {
            seal.Add(value);
        }

        return seal.Close();
    }

    /// <summary>Of the first columns of a row as they are stored.</summary>
    public static long Of(string table, StoredRow row, int columns) => Over(table, row, columns).Close();

    /// <summary>Whether a seal is that of the first columns of a row, made now or by an older agent.</summary>
    public static bool Fits(long seal, string table, StoredRow row, int columns) => Over(table, row, columns).CloseAs(seal);

    /// <inheritdoc cref="Fits(long, string, StoredRow, int)"/>
    public static bool Fits(long seal, ConfigSnapshot snapshot) => Over(snapshot).CloseAs(seal);

    /// <summary>Of everything in a snapshot but its epoch.</summary>
    public static long Of(ConfigSnapshot snapshot) => Over(snapshot).Close();

    private static RowSeal Over(string table, StoredRow row, int columns)
    {
        var seal = new RowSeal(table);
        for (var column = 0; column < columns; column++)
        {
            switch (row.TypeOf(column))
            {
                case SqliteCalls.Text:
                    seal.AddUtf8(row.GetUtf8(column));
                    break;
                case SqliteCalls.Integer:
                    seal.Add(row.GetInt64(column));
                    break;
                case SqliteCalls.Null:
                    seal.AddType(Nothing);
                    break;
                default:
                    seal.AddType(byte.MaxValue);
                    break;
            }
        }

        return seal;
    }

    private static RowSeal Over(ConfigSnapshot snapshot)
    {
        var seal = new RowSeal("snapshot");
        seal.Add(snapshot.Sequence);
        seal.Add(snapshot.OldestTombstone);
        seal.Add(snapshot.Configs.Count);
        foreach (var (_, config) in snapshot.Configs)
        {
            seal.Add(config.Slug);
            seal.Add(config.Sequence);
            seal.Add(config.Digest);
            seal.Add(config.DeploymentId);
            seal.Add(config.Release);
            seal.Add(config.Format);
            seal.Add(config.FilePath);
        }

        foreach (var (slug, sequence) in snapshot.Tombstones)
        {
            seal.Add(slug);
            seal.Add(sequence);
        }

        return seal;
    }

    private void Add(object? value)
    {
        switch (value)
        {
            case null:
                AddType(Nothing);
                break;
            case string text:
                Add(text);
                break;
            case int number:
                Add(number);
                break;
            case long number:
                Add(number);
                break;
            default:
                // A type that is never written: whatever was read here is not what was sealed.
                AddType(byte.MaxValue);
                break;
        }
    }

    private void Add(string text)
    {
        var place = Room(1 + sizeof(int) + Encoding.UTF8.GetMaxByteCount(text.Length));
        var bytes = Encoding.UTF8.GetBytes(text, place[(1 + sizeof(int))..]);
        place[0] = Text;
        BinaryPrimitives.WriteInt32BigEndian(place[1..], bytes);
        _used += 1 + sizeof(int) + bytes;
    }

    private void AddUtf8(ReadOnlySpan<byte> text)
    {
        var place = Room(1 + sizeof(int) + text.Length);
        place[0] = Text;
        BinaryPrimitives.WriteInt32BigEndian(place[1..], text.Length);
        text.CopyTo(place[(1 + sizeof(int))..]);
        _used += 1 + sizeof(int) + text.Length;
    }

    private void Add(long number)
    {
        var place = Room(1 + sizeof(long));
        place[0] = WholeNumber;
        BinaryPrimitives.WriteInt64BigEndian(place[1..], number);
        _used += 1 + sizeof(long);
    }

    private void AddType(byte type)
    {
        Room(1)[0] = type;
        _used++;
    }

    private Span<byte> Room(int bytes)
    {
        if (_buffer.Length - _used < bytes)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * _buffer.Length, _used + bytes));
            _buffer.AsSpan(0, _used).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        return _buffer.AsSpan(_used);
    }

    private readonly long Close()
    {
        var seal = Value();
        ArrayPool<byte>.Shared.Return(_buffer);
        return seal;
    }

    private readonly bool CloseAs(long seal)
    {
        var fits = seal == Value() || seal == OldValue();
        ArrayPool<byte>.Shared.Return(_buffer);
        return fits;
    }

    private readonly long Value() => (long)XxHash64.HashToUInt64(_buffer.AsSpan(0, _used));

    private readonly long OldValue()
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_buffer.AsSpan(0, _used), hash);
        return BinaryPrimitives.ReadInt64BigEndian(hash);
    }
}
