using Miru.Protocol;
using Xunit;

namespace Miru.Agent.Tests.Protocol;

public sealed class VectorTests
{
    private const int Max = ProtocolLimits.MaxLength;

    public static TheoryData<string> Names => [.. Vectors.Names];

    [Fact]
    public void Every_kind_that_is_not_reserved_has_a_vector()
    {
        FrameKind[] reserved =
            [FrameKind.Verdict, FrameKind.Applied, FrameKind.Hold, FrameKind.Release, FrameKind.Validate];
        var covered = SampleMessages.All.Values.Select(sample => sample.Message.Kind).ToHashSet();

        Assert.Equal(Enum.GetValues<FrameKind>().Except(reserved).ToHashSet(), covered);
        Assert.Equal(Vectors.Names.Order(), SampleMessages.All.Keys.Order());
    }

    [Theory, MemberData(nameof(Names))]
    [Trait("Clause", "frame-1")]
    public void A_message_encodes_to_its_golden_bytes(string name)
    {
        var (message, correlation) = SampleMessages.All[name];

        Assert.Equal(Convert.ToHexString(Vectors.Read(name)), Convert.ToHexString(MessageCodec.Encode(message, correlation)));
    }

    [Theory, MemberData(nameof(Names))]
    [Trait("Clause", "frame-6")]
    public void Golden_bytes_decode_to_their_message(string name)
    {
        var (message, correlation) = SampleMessages.All[name];

        var read = FrameReader.Read(Vectors.Read(name), Max);

        Assert.Equal(correlation, read.Frame.Correlation);
        Assert.Equal(Shape.Of(message), Shape.Of(MessageCodec.Decode(read.Frame).Message));
    }

    [Theory, MemberData(nameof(Names))]
    [Trait("Clause", "frame-1")]
    public void Every_prefix_needs_more(string name)
    {
        var bytes = Vectors.Read(name);

        for (var length = 0; length < bytes.Length; length++)
        {
            var read = FrameReader.Read(bytes.AsMemory(0, length), Max);

            Assert.Equal(FrameReadStatus.NeedMore, read.Status);
            Assert.Equal(length < ProtocolLimits.LengthSize ? ProtocolLimits.LengthSize : bytes.Length, read.Length);
        }
    }

    [Theory, MemberData(nameof(Names))]
    [Trait("Clause", "frame-1")]
    public void What_follows_a_frame_is_left_alone(string name)
    {
        var bytes = Vectors.Read(name);
        var next = Vectors.Read("get");

        for (var split = 0; split <= next.Length; split++)
        {
            var read = FrameReader.Read((byte[])[.. bytes, .. next[..split]], Max);

            Assert.Equal(FrameReadStatus.Frame, read.Status);
            Assert.Equal(bytes.Length, read.Length);
        }
    }
}
