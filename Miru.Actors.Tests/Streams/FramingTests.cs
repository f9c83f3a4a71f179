using Akka.IO;
using Akka.Streams.Dsl;

namespace Miru.Actors.Tests.Streams;

public sealed class FramingTests : StreamSpec
{
    [Fact]
    public async Task The_simple_protocol_puts_a_big_endian_length_before_each_message()
    {
        var frames = await Elements(Source.Single(Bytes(7, 8)).Via(Framing.SimpleFramingProtocolEncoder(10)));

        Assert.Equal([0, 0, 0, 2, 7, 8], Assert.Single(frames).ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(1000)]
    public async Task The_simple_protocol_decodes_whatever_the_chunks_are(int chunk)
    {
        byte[] bytes = [0, 0, 0, 2, 7, 8, 0, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3];

        var messages = await Elements(Source.From(bytes.Chunk(chunk).Select(ByteString.FromBytes)).Via(Framing.SimpleFramingProtocolDecoder(10)));

        Assert.Equal([[7, 8], [], [1, 2, 3]], messages.Select(message => message.ToArray()));
    }

    [Fact]
    public async Task The_simple_protocol_is_its_own_inverse()
    {
        var messages = Enumerable.Range(0, 50).Select(n => ByteString.FromBytes(new byte[n])).ToList();
        var echo = Framing.SimpleFramingProtocol(50).Atop(Framing.SimpleFramingProtocol(50).Reversed()).Join(Flow.Create<ByteString>());

        Assert.Equal(messages, await Elements(Source.From(messages).Via(echo)));
    }

    [Fact]
    public async Task A_message_of_the_maximum_length_passes_and_a_longer_one_fails()
    {
        Assert.Single(await Elements(Source.Single(Bytes(0, 0, 0, 2, 1, 1)).Via(Framing.SimpleFramingProtocolDecoder(2))));
        Assert.IsType<Framing.FramingException>(await FailureOf(
            Source.Single(Bytes(0, 0, 0, 3)).Concat(Source.Never<ByteString>()).Via(Framing.SimpleFramingProtocolDecoder(2))));
    }

    [Fact]
    public async Task The_encoder_refuses_a_message_that_is_too_long() =>
        Assert.IsType<Framing.FramingException>(await FailureOf(Source.Single(Bytes(1, 2, 3)).Via(Framing.SimpleFramingProtocolEncoder(2))));

    [Fact]
    public async Task A_negative_length_fails() =>
        Assert.IsType<Framing.FramingException>(await FailureOf(
            Source.Single(Bytes(0xFF, 0, 0, 0)).Concat(Source.Never<ByteString>()).Via(Framing.SimpleFramingProtocolDecoder(2))));

    [Fact]
    public async Task A_truncated_last_frame_fails() =>
        Assert.IsType<Framing.FramingException>(await FailureOf(
            Source.Single(Bytes(0, 0, 0, 3, 1)).Via(Framing.SimpleFramingProtocolDecoder(10))));

    [Fact]
    public async Task A_truncated_header_fails() =>
        Assert.IsType<Framing.FramingException>(await FailureOf(Source.Single(Bytes(0, 0)).Via(Framing.SimpleFramingProtocolDecoder(10))));

    [Fact]
    public async Task A_length_field_is_little_endian_unless_told_otherwise()
    {
        Assert.Equal([2, 0, 9, 9], (await Elements(Source.Single(Bytes(2, 0, 9, 9)).Via(Framing.LengthField(2, 10)))).Single().ToArray());
        Assert.Equal(
            [0, 2, 9, 9],
            (await Elements(Source.Single(Bytes(0, 2, 9, 9)).Via(Framing.LengthField(2, 10, 0, ByteOrder.BigEndian)))).Single().ToArray());
    }

    [Fact]
    public async Task A_length_field_may_stand_behind_other_bytes()
    {
        var frames = await Elements(Source.Single(Bytes(5, 5, 1, 9, 6, 6, 2, 8, 8)).Via(Framing.LengthField(1, 10, 2)));

        Assert.Equal([[5, 5, 1, 9], [6, 6, 2, 8, 8]], frames.Select(frame => frame.ToArray()));
    }

    [Fact]
    public async Task The_frame_size_may_be_computed()
    {
        // The field counts the whole frame.
        var frames = await Elements(Source.Single(Bytes(3, 1, 1, 2, 7)).Via(Framing.LengthField(1, 0, 10, ByteOrder.LittleEndian, (_, length) => length)));

        Assert.Equal([[3, 1, 1], [2, 7]], frames.Select(frame => frame.ToArray()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public async Task A_delimiter_of_several_bytes_is_found_across_chunks(int chunk)
    {
        var bytes = "one\r\ntwo\r\n\r\nfo\rur\r\n"u8.ToArray();

        var lines = await Elements(
            Source.From(bytes.Chunk(chunk).Select(ByteString.FromBytes)).Via(Framing.Delimiter(ByteString.FromString("\r\n"), 10)));

        Assert.Equal(["one", "two", "", "fo\rur"], lines.Select(line => line.ToString()));
    }

    [Fact]
    public async Task A_line_without_end_fails_or_is_the_last_frame()
    {
        var source = Source.Single(ByteString.FromString("a\nb"));

        Assert.IsType<Framing.FramingException>(await FailureOf(source.Via(Framing.Delimiter(ByteString.FromString("\n"), 10))));
        Assert.Equal(
            ["a", "b"],
            (await Elements(source.Via(Framing.Delimiter(ByteString.FromString("\n"), 10, allowTruncation: true)))).Select(line => line.ToString()));
    }

    [Fact]
    public async Task A_line_that_is_too_long_fails_before_its_end_is_seen() =>
        Assert.IsType<Framing.FramingException>(await FailureOf(
            Source.Single(ByteString.FromString("too long")).Concat(Source.Never<ByteString>())
                .Via(Framing.Delimiter(ByteString.FromString("\n"), 4))));

    [Fact]
    public async Task Random_messages_survive_random_chunks()
    {
        var random = new Random(20260101);
        var messages = Enumerable.Range(0, 200).Select(_ => RandomBytes(random, random.Next(0, 300))).ToList();
        var wire = (await Elements(Source.From(messages).Via(Framing.SimpleFramingProtocolEncoder(300)))).SelectMany(frame => frame).ToArray();
        var chunks = new List<ByteString>();
        for (var at = 0; at < wire.Length;)
        {
            var length = Math.Min(random.Next(1, 700), wire.Length - at);
            chunks.Add(ByteString.FromBytes(wire, at, length));
            at += length;
        }

        Assert.Equal(messages, await Elements(Source.From(chunks).Via(Framing.SimpleFramingProtocolDecoder(300))));
    }

    private static ByteString Bytes(params byte[] bytes) => ByteString.FromBytes(bytes);

    private static ByteString RandomBytes(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return ByteString.FromBytes(bytes);
    }
}
