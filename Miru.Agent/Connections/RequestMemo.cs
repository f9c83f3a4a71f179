using System.Runtime.InteropServices;
using Miru.Protocol;

namespace Miru.Agent.Connections;

/// <summary>
/// GET headers that were parsed before: an application asks for the same few configs again and again, and equal bytes mean the same
/// request. A fixed number of places, each for the newest of the headers that fall on it, so a peer that invents names costs itself the
/// parsing and nobody memory. Not for concurrent use.
/// </summary>
internal sealed class RequestMemo
{
    /// <summary>Longer headers are parsed each time, in bytes: with the number of places it bounds the memory to 32 KiB and the slugs.</summary>
    public const int LongestHeader = 128;

    private const int Places = 256;

    private readonly Entry[] _entries = new Entry[Places];

    /// <summary>The GET that a frame is, if an equal one was met lately; otherwise <c>null</c>, and <see cref="Learn"/> what it is.</summary>
    public Message? Recall(in Frame frame)
    {
        if (!IsSuitable(frame))
        {
            return null;
        }

        var header = frame.Header.Span;
        ref readonly var entry = ref _entries[Place(header)];
        return entry.Message is { } message && header.SequenceEqual(entry.Header) ? message : null;
    }

    /// <summary>Remembers what a frame was decoded to, if it is a GET.</summary>
    public void Learn(in Frame frame, Message message)
    {
        if (IsSuitable(frame))
        {
            var header = frame.Header.Span;
            _entries[Place(header)] = new Entry(header.ToArray(), message);
        }
    }

    // A GET without a correlation breaks a clause, which is the codec's to say.
    private static bool IsSuitable(in Frame frame) =>
        frame.Kind == FrameKind.Get && frame.Correlation != 0 && frame.Header.Length is > 0 and <= LongestHeader;

    // Spread is all that is asked of it: whoever makes headers collide only has them parsed.
    private static uint Place(ReadOnlySpan<byte> header)
    {
        var hash = (uint)header.Length;
        foreach (var word in MemoryMarshal.Cast<byte, uint>(header))
        {
            hash = (hash ^ word) * 0x9E3779B1;
        }

        return ((hash >> 16) ^ header[^1]) % Places;
    }

    private readonly record struct Entry(byte[] Header, Message Message);
}
