using System.Buffers.Binary;

namespace Miru.Protocol;

/// <summary>
/// Finds frames in bytes (clauses frame-1 to frame-3). A pure function: it keeps nothing, copies nothing, and reports a
/// violation at the first byte that makes a frame impossible, so that no buffer grows for a frame that will be refused.
/// </summary>
public static class FrameReader
{
    /// <summary>Looks for one frame at the start of <paramref name="buffer"/>.</summary>
    /// <param name="buffer">What has been received and not yet consumed.</param>
    /// <param name="maxLength">
    /// The largest value of the length field to accept, in bytes; at most <see cref="ProtocolLimits.MaxLength"/>.
    /// </param>
    /// <returns>A frame, how many bytes are needed, or the violation.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxLength"/> is outside 8 to 4 MiB.</exception>
    public static FrameReadResult Read(ReadOnlyMemory<byte> buffer, int maxLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, ProtocolLimits.MinLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxLength, ProtocolLimits.MaxLength);

        var bytes = buffer.Span;
        if (bytes.Length > 0 && bytes[0] != 0)
        {
            return FrameReadResult.Broken(Clauses.Frame2, $"the first byte of a frame is 0, not {bytes[0]}");
        }

        if (bytes.Length < ProtocolLimits.LengthSize)
        {
            return FrameReadResult.NeedMore(ProtocolLimits.LengthSize);
        }

        // The first byte is 0, so the value fits an int.
        var length = BinaryPrimitives.ReadInt32BigEndian(bytes);
        if (length < ProtocolLimits.MinLength || length > maxLength)
        {
            return FrameReadResult.Broken(
                Clauses.Frame2, $"a length of {length} is outside {ProtocolLimits.MinLength} to {maxLength}");
        }

        var total = ProtocolLimits.LengthSize + length;
        if (bytes.Length < 8)
        {
            return FrameReadResult.NeedMore(total);
        }

        int headerLength = BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]);
        if (headerLength > ProtocolLimits.MaxHeader)
        {
            return FrameReadResult.Broken(
                Clauses.Frame3, $"a header of {headerLength} bytes is over {ProtocolLimits.MaxHeader}");
        }

        if (headerLength > length - ProtocolLimits.MinLength)
        {
            return FrameReadResult.Broken(
                Clauses.Frame2, $"a header of {headerLength} bytes does not fit a length of {length}");
        }

        if (bytes.Length < total)
        {
            return FrameReadResult.NeedMore(total);
        }

        var bodyStart = ProtocolLimits.PreambleSize + headerLength;
        var frame = new Frame(
            (FrameKind)bytes[4],
            (FrameFlags)bytes[5],
            BinaryPrimitives.ReadUInt32BigEndian(bytes[8..]),
            buffer[ProtocolLimits.PreambleSize..bodyStart],
            buffer[bodyStart..total]);
        return FrameReadResult.Whole(frame, total);
    }
}
