using Akka.IO;
using Akka.Streams.Implementation.Stages;

namespace Akka.Streams.Dsl;

/// <summary>Flows between streams of bytes, in chunks of any size, and streams of frames.</summary>
public static class Framing
{
    private const int HeaderLength = 4;

    /// <summary>
    /// Cuts at a delimiter, which is not part of the frames. Fails with <see cref="FramingException"/> when a frame has more than
    /// <paramref name="maximumFrameLength"/> bytes, or when the stream completes within a frame unless <paramref name="allowTruncation"/>.
    /// </summary>
    public static Flow<ByteString, ByteString, NotUsed> Delimiter(ByteString delimiter, int maximumFrameLength, bool allowTruncation = false)
    {
        if (delimiter.IsEmpty)
        {
            throw new ArgumentException("Delimiter must not be empty.", nameof(delimiter));
        }

        return Flow.FromGraph(new DelimiterFraming(delimiter, maximumFrameLength, allowTruncation));
    }

    /// <summary>
    /// Cuts by a length field of 1 to 4 bytes that counts the bytes after itself. Frames are emitted whole, header included. Fails with
    /// <see cref="FramingException"/> when a frame has more than <paramref name="maximumFramelength"/> bytes or the stream completes within one.
    /// </summary>
    public static Flow<ByteString, ByteString, NotUsed> LengthField(
        int fieldLength, int maximumFramelength, int fieldOffset = 0, ByteOrder byteOrder = ByteOrder.LittleEndian) =>
        LengthField(fieldLength, fieldOffset, maximumFramelength, byteOrder, null);

    /// <summary>As the other one; <paramref name="computeFrameSize"/> gets the bytes before the field and its value, and returns the length of the whole frame.</summary>
    public static Flow<ByteString, ByteString, NotUsed> LengthField(
        int fieldLength, int fieldOffset, int maximumFrameLength, ByteOrder byteOrder, Func<IReadOnlyList<byte>, int, int> computeFrameSize)
    {
        if (fieldLength is < 1 or > 4)
        {
            throw new ArgumentException("Length field length must be 1,2,3 or 4.", nameof(fieldLength));
        }

        return Flow.FromGraph(new LengthFieldFraming(fieldLength, fieldOffset, maximumFrameLength, byteOrder, computeFrameSize, skip: 0));
    }

    /// <summary>Messages to frames with a 4 byte big-endian length, and back.</summary>
    public static BidiFlow<ByteString, ByteString, ByteString, ByteString, NotUsed> SimpleFramingProtocol(int maximumMessageLength) =>
        BidiFlow.FromFlows(SimpleFramingProtocolEncoder(maximumMessageLength), SimpleFramingProtocolDecoder(maximumMessageLength));

    /// <summary>Messages to frames. Fails with <see cref="FramingException"/> when a message has more than so many bytes.</summary>
    public static Flow<ByteString, ByteString, NotUsed> SimpleFramingProtocolEncoder(int maximumMessageLength) =>
        Flow.FromGraph(new SimpleFramingEncoder(maximumMessageLength));

    /// <summary>Frames to messages. Fails with <see cref="FramingException"/> when a message has more than so many bytes or the stream completes within one.</summary>
    public static Flow<ByteString, ByteString, NotUsed> SimpleFramingProtocolDecoder(int maximumMessageLength) =>
        Flow.FromGraph(new LengthFieldFraming(
            HeaderLength, 0, checked(maximumMessageLength + HeaderLength), ByteOrder.BigEndian, null, skip: HeaderLength));

    /// <summary>The bytes are no frames, or a frame is too long.</summary>
    public class FramingException : Exception
    {
        public FramingException(string message) : base(message)
        {
        }
    }
}
