using Miru.Agent.Tests.Doubles;
using Miru.Protocol;
using Miru.Sdk.Transport;
using Xunit;

namespace Miru.Agent.Tests.Sdk;

public sealed class FrameSourceTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    [Trait("Clause", "frame-1")]
    public async Task Frames_arrive_the_same_however_they_are_cut()
    {
        byte[] bytes = [.. MessageCodec.Encode(Wire.Config("a", 1, "a1"), 1), .. MessageCodec.Encode(new Pong(), 2)];
        for (var cut = 1; cut < bytes.Length; cut++)
        {
            var (near, far) = DuplexStream.Pair();
            await using var closing = far;
            var source = new FrameSource(near);

            await far.WriteAsync(bytes.AsMemory(0, cut));
            var first = source.ReadAsync(default).AsTask();
            await far.WriteAsync(bytes.AsMemory(cut));

            Assert.Equal("a1"u8.ToArray(), (await first.WaitAsync(Patience)).Body.ToArray());
            Assert.Equal((FrameKind.Pong, 2u), await KindAsync(source));
        }
    }

    [Fact]
    [Trait("Clause", "frame-2")]
    public async Task The_largest_config_arrives_and_its_memory_is_given_back()
    {
        var (near, far) = DuplexStream.Pair();
        await using var closing = far;
        var source = new FrameSource(near);
        var large = Wire.Config("a", 1, new string('x', ProtocolLimits.MaxConfigSize));
        var writing = far.WriteAsync(MessageCodec.Encode(large, 1)).AsTask();

        var frame = await source.ReadAsync(default).AsTask().WaitAsync(Patience);
        Assert.True(frame.Body.Span.SequenceEqual(large.Content.Span));
        Assert.True(source.BufferSize > ProtocolLimits.MaxConfigSize);
        await writing;

        await far.WriteAsync(MessageCodec.Encode(new Pong(), 2));
        Assert.Equal((FrameKind.Pong, 2u), await KindAsync(source));
        Assert.Equal(ReceiveBuffer.UsualSize, source.BufferSize);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(11)]
    [InlineData(13)]
    public async Task An_end_is_an_end_wherever_it_comes(int received)
    {
        var (near, far) = DuplexStream.Pair();
        await far.WriteAsync(MessageCodec.Encode(new Get("a"), 1).AsMemory(0, received));
        await far.DisposeAsync();

        await Assert.ThrowsAsync<EndOfStreamException>(() => new FrameSource(near).ReadAsync(default).AsTask().WaitAsync(Patience));
    }

    private static async Task<(FrameKind, uint)> KindAsync(FrameSource source)
    {
        var frame = await source.ReadAsync(default).AsTask().WaitAsync(Patience);
        return (frame.Kind, frame.Correlation);
    }
}
