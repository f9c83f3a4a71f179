using Miru.Protocol;
using Xunit;

namespace Miru.Agent.Tests.Protocol;

public sealed class HostileBytesTests
{
    private const int Max = ProtocolLimits.DefaultAgentMaxLength;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [Trait("Clause", "frame-5")]
    public void Random_bytes_are_read_or_refused_and_nothing_else(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 10_000; round++)
        {
            var bytes = new byte[random.Next(64)];
            random.NextBytes(bytes);

            // Most random lengths are refused at once; give the rest of the reader its share.
            bytes.AsSpan(0, Math.Min(2, bytes.Length)).Clear();
            Consume(bytes);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [Trait("Clause", "frame-5")]
    public void Mutated_frames_are_read_or_refused_and_nothing_else(int seed)
    {
        var random = new Random(seed);
        var vectors = Vectors.Names.Select(Vectors.Read).ToArray();
        for (var round = 0; round < 10_000; round++)
        {
            byte[] bytes = [.. vectors[random.Next(vectors.Length)], .. vectors[random.Next(vectors.Length)]];
            for (var mutation = random.Next(1, 5); mutation > 0; mutation--)
            {
                bytes[random.Next(bytes.Length)] = random.Next(3) switch
                {
                    0 => (byte)random.Next(256),
                    1 => "{}[]\":,\\0-eE+.tfn"u8[random.Next(17)],
                    _ => (byte)random.Next(4),
                };
            }

            Consume(bytes);
        }
    }

    private static void Consume(ReadOnlyMemory<byte> bytes)
    {
        while (true)
        {
            var read = FrameReader.Read(bytes, Max);
            if (read.Status == FrameReadStatus.NeedMore)
            {
                Assert.InRange(read.Length, bytes.Length + 1, ProtocolLimits.LengthSize + Max);
                return;
            }

            if (read.Status == FrameReadStatus.Violation)
            {
                Assert.NotEmpty(read.Violation!.Clause);
                return;
            }

            var decoded = MessageCodec.Decode(read.Frame);
            if (decoded.Message is { } message)
            {
                // What was understood can be said again.
                Assert.Equal(message.Kind, Again(message, read.Frame.Correlation).Kind);
            }

            bytes = bytes[read.Length..];
        }
    }

    private static Message Again(Message message, uint correlation) => MessageCodec.Decode(
        FrameReader.Read(MessageCodec.Encode(message, correlation), ProtocolLimits.MaxLength).Frame).Message!;
}
