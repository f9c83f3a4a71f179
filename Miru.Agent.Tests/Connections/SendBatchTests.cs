using Miru.Agent.Connections;
using Miru.Protocol;
using Xunit;

namespace Miru.Agent.Tests.Connections;

public sealed class SendBatchTests
{
    [Fact]
    public void Small_frames_leave_in_one_piece()
    {
        using var batch = new SendBatch(new SpareBuffer(SendBatch.Size));
        batch.Add(OutgoingFrame.Of(new Pong(), 3));
        batch.Add(OutgoingFrame.Of(new Synced(4), 5));

        byte[] expected = [.. MessageCodec.Encode(new Pong(), 3), .. MessageCodec.Encode(new Synced(4), 5)];
        Assert.Equal(expected, batch.Unsent.ToArray());
    }

    [Fact]
    public void A_large_body_is_sent_from_where_it_lies()
    {
        var version = Snapshots.Version("map", 1, size: 1_000_000);
        using var batch = new SendBatch(new SpareBuffer(SendBatch.Size));
        batch.Add(new ConfigFrames().Of(version, 3));
        Assert.False(batch.HasRoom);

        batch.Sent(batch.Unsent.Length);

        Assert.True(batch.Unsent.Equals(version.Content));
    }

    [Fact]
    public void A_frame_encoded_once_carries_each_receivers_correlation()
    {
        var version = Snapshots.Version("map", 1);
        var frames = new ConfigFrames();
        using var batch = new SendBatch(new SpareBuffer(SendBatch.Size));
        batch.Add(frames.Of(version, 3));
        batch.Add(frames.Of(version, 4));

        var first = FrameReader.Read(batch.Unsent, ProtocolLimits.MaxLength);
        var second = FrameReader.Read(batch.Unsent[first.Length..], ProtocolLimits.MaxLength);
        Assert.Equal((3u, 4u), (first.Frame.Correlation, second.Frame.Correlation));
    }

    [Fact]
    public void A_path_too_long_for_a_header_is_left_out_and_the_content_is_not()
    {
        var version = Snapshots.Version("map", 1) with { FilePath = "/" + new string('x', 4095) };
        using var batch = new SendBatch(new SpareBuffer(SendBatch.Size));
        batch.Add(new ConfigFrames().Of(version, 3));

        var read = FrameReader.Read(batch.Unsent, ProtocolLimits.MaxLength);
        var config = Assert.IsType<ConfigMessage>(MessageCodec.Decode(read.Frame).Message);
        Assert.Null(config.Path);
        Assert.True(config.Content.Span.SequenceEqual(version.Content.Span));
    }

    [Fact]
    public void What_the_socket_did_not_take_goes_next()
    {
        using var batch = new SendBatch(new SpareBuffer(SendBatch.Size));
        batch.Add(OutgoingFrame.Of(new Pong(), 3));
        batch.Sent(5);

        Assert.Equal(MessageCodec.Encode(new Pong(), 3)[5..], batch.Unsent.ToArray());
        batch.Sent(batch.Unsent.Length);
        Assert.True(batch.IsEmpty);
        Assert.True(batch.HasRoom);
    }
}
