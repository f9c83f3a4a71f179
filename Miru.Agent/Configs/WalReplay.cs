using System.Buffers.Binary;

namespace Miru.Agent.Configs;

/// <summary>
/// Puts the pages of a write-ahead log into the database file itself. SQLite stops at the first frame whose checksum is wrong, and an agent
/// that was killed may have most of its store behind it; here a damaged frame costs no more than what is on it. Only for copies that are
/// salvaged from: what is read from the result is checked row by row. The format is that of sqlite.org/fileformat2.html, section 4.
/// </summary>
internal static class WalReplay
{
    private const int HeaderSize = 32;
    private const int HeaderSaltAt = 16;
    private const int HeaderSumAt = 24;
    private const int FrameHeaderSize = 24;
    private const int SaltAt = 8;
    private const int SumAt = 16;
    private const int PageSize = 4096;

    /// <summary>Applies the log and takes it away.</summary>
    public static void Run(string database)
    {
        var log = database + "-wal";
        if (File.Exists(log))
        {
            Apply(File.ReadAllBytes(log), database);
            File.Delete(log);
        }

        File.Delete(database + "-shm");
    }

    private static void Apply(byte[] log, string database)
    {
        var frames = (log.Length - HeaderSize) / (FrameHeaderSize + PageSize);
        if (frames <= 0)
        {
            return;
        }

        var isLittleEndian = IsLittleEndian(log, frames);
        var salt = CurrentSalt(log, isLittleEndian);
        var last = frames - 1;
        while (last >= 0 && !(Salt(log, last) == salt && IsCommit(log, last) && IsIntact(log, last, isLittleEndian)))
        {
            // Nothing behind the last commit counts.
            last--;
        }

        using var file = File.OpenHandle(database, FileMode.OpenOrCreate, FileAccess.Write);
        var pages = frames + (RandomAccess.GetLength(file) / PageSize) + 1;
        for (var frame = 0; frame <= last; frame++)
        {
            // A damaged page is still the best there is of it: what it says is believed row by row.
            var page = Word(log, Start(frame));
            if (Salt(log, frame) == salt && page > 0 && page <= pages)
            {
                RandomAccess.Write(file, log.AsSpan(Start(frame) + FrameHeaderSize, PageSize), (page - 1L) * PageSize);
            }
        }
    }

    /// <summary>
    /// Names the present round of the log. Frames of earlier rounds, older than the database by now, may stand behind it, many more than it
    /// has itself; it begins with the first frame, which has the name too where the header is damaged.
    /// </summary>
    private static ulong CurrentSalt(byte[] log, bool isLittleEndian)
    {
        var headerIsIntact = Add((0, 0), log.AsSpan(0, HeaderSumAt), isLittleEndian) == SumStored(log, HeaderSumAt);
        return headerIsIntact ? BinaryPrimitives.ReadUInt64BigEndian(log.AsSpan(HeaderSaltAt)) : Salt(log, 0);
    }

    /// <summary>Checksums have the byte order of the computer that began the log; the header says which, if it is whole.</summary>
    private static bool IsLittleEndian(byte[] log, int frames)
    {
        for (var frame = 0; frame < frames; frame++)
        {
            if (IsIntact(log, frame, isLittleEndian: true))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Each checksum goes on from the one before it: as that is stored, so that a damaged page does not spread, or as it should be, so that
    /// a damaged checksum does not.
    /// </summary>
    private static bool IsIntact(byte[] log, int frame, bool isLittleEndian)
    {
        var stored = SumStored(log, Start(frame) + SumAt);
        return Sum(log, frame, SumBefore(log, frame), isLittleEndian) == stored
            || (frame > 0 && Sum(log, frame, Sum(log, frame - 1, SumBefore(log, frame - 1), isLittleEndian), isLittleEndian) == stored);
    }

    private static (uint First, uint Second) SumBefore(byte[] log, int frame) => SumStored(log, frame == 0 ? HeaderSumAt : Start(frame - 1) + SumAt);

    private static (uint First, uint Second) SumStored(byte[] log, int at) => (Word(log, at), Word(log, at + 4));

    private static (uint First, uint Second) Sum(byte[] log, int frame, (uint First, uint Second) before, bool isLittleEndian) =>
        Add(Add(before, log.AsSpan(Start(frame), SaltAt), isLittleEndian), log.AsSpan(Start(frame) + FrameHeaderSize, PageSize), isLittleEndian);

    private static (uint First, uint Second) Add((uint First, uint Second) sum, ReadOnlySpan<byte> bytes, bool isLittleEndian)
    {
        for (var at = 0; at < bytes.Length; at += 8)
        {
            sum.First += Read(bytes[at..]) + sum.Second;
            sum.Second += Read(bytes[(at + 4)..]) + sum.First;
        }

        return sum;

        uint Read(ReadOnlySpan<byte> word) => isLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(word) : BinaryPrimitives.ReadUInt32BigEndian(word);
    }

    private static int Start(int frame) => HeaderSize + (frame * (FrameHeaderSize + PageSize));

    private static uint Word(byte[] log, int at) => BinaryPrimitives.ReadUInt32BigEndian(log.AsSpan(at));

    private static ulong Salt(byte[] log, int frame) => BinaryPrimitives.ReadUInt64BigEndian(log.AsSpan(Start(frame) + SaltAt));

    private static bool IsCommit(byte[] log, int frame) => Word(log, Start(frame) + 4) != 0;
}
