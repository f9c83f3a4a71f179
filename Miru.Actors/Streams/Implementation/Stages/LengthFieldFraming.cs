using System.Buffers.Binary;
using Akka.IO;
using Akka.Streams.Dsl;
using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

/// <summary>Frames with their length in a field of 1 to 4 bytes. Emits whole frames, header included, or without their first bytes.</summary>
internal sealed class LengthFieldFraming(
    int fieldLength, int fieldOffset, int maximumFrameLength, ByteOrder byteOrder, Func<IReadOnlyList<byte>, int, int> computeFrameSize, int skip)
    : FlowStage<ByteString, ByteString>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, this);

    private int FieldLength => fieldLength;

    private int FieldOffset => fieldOffset;

    private int MaximumFrameLength => maximumFrameLength;

    private int Skip => skip;

    /// <summary>The length of a whole frame whose header is given.</summary>
    private int FrameSize(ReadOnlySpan<byte> header)
    {
        var field = header[fieldOffset..];
        Span<byte> padded = stackalloc byte[4];
        padded.Clear();
        int length;
        if (byteOrder == ByteOrder.BigEndian)
        {
            field.CopyTo(padded[(4 - fieldLength)..]);
            length = BinaryPrimitives.ReadInt32BigEndian(padded);
        }
        else
        {
            field.CopyTo(padded);
            length = BinaryPrimitives.ReadInt32LittleEndian(padded);
        }

        if (length < 0)
        {
            throw new Framing.FramingException($"Decoded frame header reported negative size {length}");
        }

        var size = computeFrameSize is null ? (long)length + header.Length : computeFrameSize(header[..fieldOffset].ToArray(), length);
        if (size > maximumFrameLength)
        {
            throw new Framing.FramingException($"Maximum allowed frame size is {maximumFrameLength} but decoded frame header reported size {size}");
        }

        if (size < header.Length)
        {
            throw new Framing.FramingException($"Computed frame size {size} is less than minimum chunk size {header.Length}");
        }

        return (int)size;
    }

    private sealed class Logic(FlowShape<ByteString, ByteString> shape, LengthFieldFraming framing) : FramingLogic(shape)
    {
        private readonly byte[] _header = new byte[framing.FieldOffset + framing.FieldLength];

        /// <summary>The length of the frame that is being received; 0 while its header is not complete.</summary>
        private int _frameSize;

        protected override ByteString TakeFrame()
        {
            if (_frameSize == 0)
            {
                if (Buffer.Count < _header.Length)
                {
                    return null;
                }

                Buffer.Peek(0, _header);
                _frameSize = framing.FrameSize(_header);
            }

            if (Buffer.Count < _frameSize)
            {
                return null;
            }

            Buffer.Skip(framing.Skip);
            var frame = Buffer.Dequeue(_frameSize - framing.Skip);
            _frameSize = 0;
            return frame;
        }
    }
}
