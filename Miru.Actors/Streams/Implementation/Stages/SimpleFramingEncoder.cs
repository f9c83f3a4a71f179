using System.Buffers.Binary;
using Akka.IO;
using Akka.Streams.Dsl;
using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

/// <summary>Puts a 4 byte big-endian length before each message.</summary>
internal sealed class SimpleFramingEncoder(int maximumMessageLength) : FlowStage<ByteString, ByteString>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, maximumMessageLength);

    private sealed class Logic(FlowShape<ByteString, ByteString> shape, int maximumMessageLength) : FlowLogic<ByteString, ByteString>(shape)
    {
        public override void OnPush()
        {
            var message = Grab();
            if (message.Count > maximumMessageLength)
            {
                FailStage(new Framing.FramingException(
                    $"Maximum allowed message size is {maximumMessageLength} but tried to send {message.Count} bytes"));
                return;
            }

            var header = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(header, message.Count);
            Push(ByteString.FromBytes(header) + message);
        }
    }
}
