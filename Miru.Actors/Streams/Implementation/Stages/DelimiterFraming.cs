using Akka.IO;
using Akka.Streams.Dsl;
using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

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
