using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Miru.Protocol;

namespace Miru.Agent.Connections;

/// <summary>
/// GETs that were parsed before: an application asks for the same few configs again and again, and equal bytes, but for the correlation,
/// mean the same request. A fixed number of places, each for the newest of the headers that fall on it, so a peer that invents names
/// costs itself the parsing and nobody memory. Not for concurrent use.
/// </summary>
internal sealed class RequestMemo
{
    /// <summary>Longer headers are parsed each time, in bytes: with the number of places it bounds the memory to 32 KiB and the slugs.</summary>
    public const int LongestHeader = 128;

    private const int Places = 256;

    private readonly Entry[] _entries = new Entry[Places];

    /// <summary>Whether the bytes begin with a whole GET that equals one met lately.</summary>
    /// <param name="bytes">What has been received and not yet consumed.</param>
    /// <param name="message">The GET.</param>
    /// <param name="correlation">Its correlation.</param>
    /// <param name="length">Bytes it takes.</param>
    public bool TryRecall(ReadOnlySpan<byte> bytes, out Message message, out uint correlation, out int length)
    {
        message = null!;
        correlation = 0;
        length = 0;
        if (bytes.Length <= ProtocolLimits.PreambleSize)
        {
            return false;
        }

        length = ProtocolLimits.PreambleSize + BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]);
        correlation = BinaryPrimitives.ReadUInt32BigEndian(bytes[8..]);
        if (length > ProtocolLimits.PreambleSize + LongestHeader || length > bytes.Length || correlation == 0)
        {
            return false;
        }

        var header = bytes[ProtocolLimits.PreambleSize..length];
        ref readonly var entry = ref _entries[Place(header)];
        message = entry.Message;
        return message is not null && MemoryMarshal.Read<ulong>(bytes) == entry.Start && header.SequenceEqual(entry.Header);
    }

    /// <summary>Remembers what a whole frame was parsed to, if it is a GET.</summary>
    public void Learn(ReadOnlySpan<byte> frame, Message message)
    {
        var header = frame[ProtocolLimits.PreambleSize..];
        if (message is Get && header.Length <= LongestHeader && BinaryPrimitives.ReadUInt16BigEndian(frame[6..]) == header.Length)
        {
            _entries[Place(header)] = new Entry(MemoryMarshal.Read<ulong>(frame), header.ToArray(), message);
        }
    }

    // Spread is all that is asked of it: whoever makes headers collide only has them parsed.
    private static uint Place(ReadOnlySpan<byte> header)
    {
        var hash = (uint)header.Length;
        foreach (var word in MemoryMarshal.Cast<byte, uint>(header))
        {
            hash = (hash ^ word) * 0x9E3779B1;
        }

        return (hash >> 16) % Places;
    }

    /// <param name="Start">What precedes the correlation: length, kind, flags and header length.</param>
    /// <param name="Header">The header's bytes; there is no body.</param>
    /// <param name="Message">What they mean.</param>
    private readonly record struct Entry(ulong Start, byte[] Header, Message Message);
}
