using System.Buffers;
using System.Buffers.Binary;

namespace Miru.Protocol;

/// <summary>
/// Lays frames out in bytes (clause frame-1). A frame that goes to many receivers is encoded once:
/// <see cref="SetCorrelation"/> is all that differs, or <see cref="WritePreamble"/> in front of shared header and body.
/// </summary>
public static class FrameWriter
{
    private const int CorrelationOffset = 8;

    /// <summary>The size of a whole frame in bytes, length field included.</summary>
    /// <param name="headerLength">Size of its header in bytes.</param>
    /// <param name="bodyLength">Size of its body in bytes.</param>
    /// <exception cref="ArgumentException">The header is over 4 KiB, or the frame is over 4 MiB.</exception>
    public static int Measure(int headerLength, int bodyLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(headerLength);
        ArgumentOutOfRangeException.ThrowIfNegative(bodyLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(headerLength, ProtocolLimits.MaxHeader);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(
            bodyLength, ProtocolLimits.MaxLength - ProtocolLimits.MinLength - headerLength);
        return ProtocolLimits.PreambleSize + headerLength + bodyLength;
    }

    /// <summary>Writes the 12 bytes that precede header and body.</summary>
    /// <param name="destination">At least <see cref="ProtocolLimits.PreambleSize"/> bytes.</param>
    /// <param name="kind">The frame's kind.</param>
    /// <param name="flags">Its flags.</param>
    /// <param name="correlation">Its correlation.</param>
    /// <param name="headerLength">Size of the header that follows, in bytes.</param>
    /// <param name="bodyLength">Size of the body that follows, in bytes.</param>
    /// <exception cref="ArgumentException">The destination is too small, or the frame would break a limit.</exception>
    public static void WritePreamble(
        Span<byte> destination, FrameKind kind, FrameFlags flags, uint correlation, int headerLength, int bodyLength)
    {
        var total = Measure(headerLength, bodyLength);
        BinaryPrimitives.WriteInt32BigEndian(destination, total - ProtocolLimits.LengthSize);
        destination[4] = (byte)kind;
        destination[5] = (byte)flags;
        BinaryPrimitives.WriteUInt16BigEndian(destination[6..], (ushort)headerLength);
        BinaryPrimitives.WriteUInt32BigEndian(destination[CorrelationOffset..], correlation);
    }

    /// <summary>Replaces the correlation of an encoded frame in place.</summary>
    /// <param name="encodedFrame">A whole frame, or at least its first 12 bytes.</param>
    /// <param name="correlation">The new correlation.</param>
    public static void SetCorrelation(Span<byte> encodedFrame, uint correlation) =>
        BinaryPrimitives.WriteUInt32BigEndian(encodedFrame[CorrelationOffset..], correlation);

    /// <summary>Appends a frame to <paramref name="output"/>.</summary>
    /// <param name="output">Where the bytes go.</param>
    /// <param name="frame">The frame.</param>
    /// <exception cref="ArgumentException">The frame breaks a limit; nothing was written.</exception>
    public static void Write(IBufferWriter<byte> output, in Frame frame)
    {
        ArgumentNullException.ThrowIfNull(output);
        var total = Measure(frame.Header.Length, frame.Body.Length);
        Lay(output.GetSpan(total), frame);
        output.Advance(total);
    }

    /// <summary>Lays a frame out in a new array.</summary>
    /// <param name="frame">The frame.</param>
    /// <exception cref="ArgumentException">The frame breaks a limit.</exception>
    public static byte[] ToArray(in Frame frame)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(Measure(frame.Header.Length, frame.Body.Length));
        Lay(bytes, frame);
        return bytes;
    }

    private static void Lay(Span<byte> destination, in Frame frame)
    {
        WritePreamble(destination, frame.Kind, frame.Flags, frame.Correlation, frame.Header.Length, frame.Body.Length);
        frame.Header.Span.CopyTo(destination[ProtocolLimits.PreambleSize..]);
        frame.Body.Span.CopyTo(destination[(ProtocolLimits.PreambleSize + frame.Header.Length)..]);
    }
}
