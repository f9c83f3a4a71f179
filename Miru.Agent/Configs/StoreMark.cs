using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Miru.Agent.Configs;

/// <summary>
/// A witness outside the database: how many transactions it has held. SQLite takes a log that is missing, cut or damaged for one that ends
/// early and says nothing; what was acknowledged would be gone and the sequence would run a second time through the same numbers.
/// </summary>
/// <remarks>
/// Written after each commit and not synced. A killed agent leaves it exact; a power cut may leave it older than the database, which proves
/// nothing, and never newer. What cannot be read or written proves nothing either.
/// </remarks>
internal sealed class StoreMark : IDisposable
{
    private const int Checked = 16;
    private const int Size = 32;

    private readonly SafeFileHandle? _file;

    private StoreMark(SafeFileHandle? file) => _file = file;

    /// <summary>No witness.</summary>
    public static StoreMark None { get; } = new(null);

    /// <summary>Commits that the database has held for certain.</summary>
    public long Commits { get; private set; }

    public static StoreMark Open(string path)
    {
        try
        {
            var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            var mark = new StoreMark(file);
            mark.Read();
            return mark;
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException)
        {
            return new StoreMark(null);
        }
    }

    /// <summary>The database holds this many commits on its disk.</summary>
    public void Advance(long commits)
    {
        Span<byte> bytes = stackalloc byte[Size];
        "miru.db."u8.CopyTo(bytes);
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], commits);
        Check(bytes[..Checked], bytes[Checked..]);
        try
        {
            if (_file is not null)
            {
                RandomAccess.Write(_file, bytes, 0);
            }
        }
        catch (IOException)
        {
            // An older witness is still a true one.
        }

        Commits = commits;
    }

    public void Dispose() => _file?.Dispose();

    private void Read()
    {
        Span<byte> bytes = stackalloc byte[Size];
        Span<byte> check = stackalloc byte[Size - Checked];
        if (RandomAccess.Read(_file!, bytes, 0) == Size)
        {
            Check(bytes[..Checked], check);
            Commits = check.SequenceEqual(bytes[Checked..]) ? BinaryPrimitives.ReadInt64BigEndian(bytes[8..]) : 0;
        }
    }

    private static void Check(ReadOnlySpan<byte> of, Span<byte> into)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(of, hash);
        hash[..into.Length].CopyTo(into);
    }
}
