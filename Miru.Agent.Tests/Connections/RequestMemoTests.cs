using Miru.Agent.Connections;
using Miru.Protocol;
using Xunit;

namespace Miru.Agent.Tests.Connections;

public sealed class RequestMemoTests
{
    private readonly RequestMemo _memo = new();

    [Fact]
    public void Equal_header_bytes_mean_the_request_that_was_parsed_before()
    {
        var first = Read(new Get("motion-control"), 1);
        var learned = MessageCodec.Decode(first).Message!;
        Assert.Null(_memo.Recall(first));

        _memo.Learn(first, learned);

        Assert.Same(learned, _memo.Recall(Read(new Get("motion-control"), 2)));
    }

    [Fact]
    public void A_header_that_differs_in_one_byte_is_another_request()
    {
        var learned = Read(new Get("motion-control"), 1);
        _memo.Learn(learned, MessageCodec.Decode(learned).Message!);

        Assert.Null(_memo.Recall(Read(new Get("motion-contro1"), 1)));
        Assert.Null(_memo.Recall(learned with { Kind = FrameKind.Unwatch }));
    }

    [Fact]
    [Trait("Clause", "frame-6")]
    public void A_request_without_a_correlation_is_left_to_the_codec()
    {
        var frame = Read(new Get("a"), 1);
        _memo.Learn(frame, MessageCodec.Decode(frame).Message!);

        Assert.Null(_memo.Recall(frame with { Correlation = 0 }));
    }

    [Fact]
    public void A_long_header_is_not_kept()
    {
        var frame = Read(new Get(new string('a', RequestMemo.LongestHeader)), 1);
        _memo.Learn(frame, MessageCodec.Decode(frame).Message!);

        Assert.Null(_memo.Recall(frame));
    }

    /// <summary>Many more names than places: what is recalled is what was meant, always.</summary>
    [Fact]
    public void Whoever_takes_a_place_the_answer_stays_right()
    {
        var recalled = 0;
        for (var round = 0; round < 2; round++)
        {
            for (var name = 0; name < 2000; name++)
            {
                var frame = Read(new Get($"config-{name}"), 1);
                if (_memo.Recall(frame) is Get known)
                {
                    Assert.Equal($"config-{name}", known.Slug);
                    recalled++;
                }
                else
                {
                    _memo.Learn(frame, MessageCodec.Decode(frame).Message!);
                    Assert.NotNull(_memo.Recall(frame));
                }
            }
        }

        Assert.InRange(recalled, 0, 256);
    }

    private static Frame Read(Message message, uint correlation) =>
        FrameReader.Read(MessageCodec.Encode(message, correlation), ProtocolLimits.MaxLength).Frame;
}
