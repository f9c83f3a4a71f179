using System.Buffers.Binary;
using Akka.IO;
using Akka.Streams.Dsl;
using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

/// <summary>Cuts a stream of bytes into frames; how, the subclass knows.</summary>
internal abstract class FramingLogic(FlowShape<ByteString, ByteString> shape) : FlowLogic<ByteString, ByteString>(shape)
{
    protected readonly ByteQueue Buffer = new();

    public sealed override void OnPush()
    {
        Buffer.Enqueue(Grab(In));
        PushFrame();
    }

    public sealed override void OnPull() => PushFrame();

    public sealed override void OnUpstreamFinish()
    {
        if (Buffer.Count == 0)
        {
            CompleteStage();
        }
        else if (IsAvailable(Out))
        {
            PushFrame();
        }
    }

    /// <summary>The next frame, or null if more bytes are needed.</summary>
    /// <exception cref="Framing.FramingException">The bytes are no frames.</exception>
    protected abstract ByteString TakeFrame();

    /// <summary>What is left when upstream has ended within a frame: a last frame, or null if that is an error.</summary>
    protected virtual ByteString TakeTruncated() => null;

    private void PushFrame()
    {
        ByteString frame;
        try
        {
            frame = TakeFrame();
        }
        catch (Framing.FramingException malformed)
        {
            FailStage(malformed);
            return;
        }

        if (frame is null && IsClosed(In))
        {
            if (Buffer.Count > 0)
            {
                frame = TakeTruncated();
            }

            if (frame is null)
            {
                if (Buffer.Count == 0)
                {
                    CompleteStage();
                }
                else
                {
                    FailStage(new Framing.FramingException("Stream finished but there was a truncated final frame in the buffer"));
                }

                return;
            }
        }

        if (frame is null)
        {
            Pull(In);
            return;
        }

        Push(Out, frame);
        if (Buffer.Count == 0 && IsClosed(In))
        {
            CompleteStage();
        }
    }
}

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

/// <summary>Frames that end with a delimiter, which is not part of what is emitted.</summary>
internal sealed class DelimiterFraming(ByteString delimiter, int maximumFrameLength, bool allowTruncation) : FlowStage<ByteString, ByteString>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, delimiter, maximumFrameLength, allowTruncation);

    private sealed class Logic(FlowShape<ByteString, ByteString> shape, ByteString delimiter, int maximumFrameLength, bool allowTruncation)
        : FramingLogic(shape)
    {
        private readonly byte[] _delimiter = delimiter.ToArray();
        private readonly byte[] _candidate = new byte[delimiter.Count];

        /// <summary>No delimiter begins before this position.</summary>
        private int _searched;

        protected override ByteString TakeFrame()
        {
            while (true)
            {
                var found = Buffer.IndexOf(_delimiter[0], _searched);
                if (found < 0)
                {
                    _searched = Buffer.Count;
                    if (_searched > maximumFrameLength)
                    {
                        throw TooLong($"Read {Buffer.Count} bytes which is more than {maximumFrameLength} without seeing a line terminator");
                    }

                    return null;
                }

                _searched = found;
                if (found > maximumFrameLength)
                {
                    throw TooLong($"Read {found} bytes which is more than {maximumFrameLength} without seeing a line terminator");
                }

                if (found + _delimiter.Length > Buffer.Count)
                {
                    return null;
                }

                Buffer.Peek(found, _candidate);
                if (_candidate.AsSpan().SequenceEqual(_delimiter))
                {
                    var frame = Buffer.Dequeue(found);
                    Buffer.Skip(_delimiter.Length);
                    _searched = 0;
                    return frame;
                }

                _searched++;
            }
        }

        protected override ByteString TakeTruncated() => allowTruncation ? Buffer.Dequeue(Buffer.Count) : null;

        private static Framing.FramingException TooLong(string message) => new(message);
    }
}

/// <summary>Puts a 4 byte big-endian length before each message.</summary>
internal sealed class SimpleFramingEncoder(int maximumMessageLength) : FlowStage<ByteString, ByteString>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, maximumMessageLength);

    private sealed class Logic(FlowShape<ByteString, ByteString> shape, int maximumMessageLength) : FlowLogic<ByteString, ByteString>(shape)
    {
        public override void OnPush()
        {
            var message = Grab(In);
            if (message.Count > maximumMessageLength)
            {
                FailStage(new Framing.FramingException(
                    $"Maximum allowed message size is {maximumMessageLength} but tried to send {message.Count} bytes"));
                return;
            }

            var header = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(header, message.Count);
            Push(Out, ByteString.FromBytes(header) + message);
        }
    }
}
