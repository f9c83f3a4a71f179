using Miru.Agent.Connections;
using Miru.Protocol;
using Xunit;

namespace Miru.Agent.Tests.Connections;

public sealed class RequestMemoTests
{
    private readonly RequestMemo _memo = new();

    [Fact]
    public void Equal_bytes_mean_the_request_that_was_parsed_before()
    {
        var learned = new Get("motion-control");
        Assert.Null(Recall(MessageCodec.Encode(learned, 1)));

        _memo.Learn(MessageCodec.Encode(learned, 1), learned);

        var next = MessageCodec.Encode(learned, 2);
        Assert.True(_memo.TryRecall([.. next, .. "more"u8], out var known, out var correlation, out var length));
        Assert.Same(learned, known);
        Assert.Equal(2u, correlation);
        Assert.Equal(next.Length, length);
    }

    /// <summary>Every byte but the correlation's is part of what was asked.</summary>
    [Fact]
    public void Bytes_that_differ_anywhere_are_not_recalled()
    {
        var learned = new Get("motion-control");
        var bytes = MessageCodec.Encode(learned, 1);
        _memo.Learn(bytes, learned);

        foreach (var at in Enumerable.Range(0, bytes.Length).Where(at => at is < 8 or >= 12))
        {
            var other = (byte[])bytes.Clone();
            other[at] ^= 1;
            Assert.Null(Recall(other));
        }
    }

    [Fact]
    public void A_part_of_a_frame_is_not_recalled()
    {
        var learned = new Get("motion-control");
        var bytes = MessageCodec.Encode(learned, 1);
        _memo.Learn(bytes, learned);

        Assert.All(Enumerable.Range(0, bytes.Length), count => Assert.Null(Recall(bytes.AsSpan(0, count))));
    }

    [Fact]
    [Trait("Clause", "frame-6")]
    public void A_request_without_a_correlation_is_left_to_the_codec()
    {
        var learned = new Get("a");
        var bytes = MessageCodec.Encode(learned, 1);
        _memo.Learn(bytes, learned);
        FrameWriter.SetCorrelation(bytes, 0);

        Assert.Null(Recall(bytes));
    }

    [Fact]
    public void What_is_long_has_a_body_or_is_no_GET_is_not_kept()
    {
        var longName = new Get(new string('a', RequestMemo.LongestHeader));
        var ping = new Ping();
        var get = new Get("a");
        var withBody = FrameWriter.ToArray(new Frame(FrameKind.Get, FrameFlags.None, 1, MessageCodec.EncodeHeader(get), new byte[4]));
        _memo.Learn(MessageCodec.Encode(longName, 1), longName);
        _memo.Learn(MessageCodec.Encode(ping, 1), ping);
        _memo.Learn(withBody, get);

        Assert.Null(Recall(MessageCodec.Encode(longName, 1)));
        Assert.Null(Recall(MessageCodec.Encode(ping, 1)));
        Assert.Null(Recall(withBody));
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
                var get = new Get($"config-{name}");
                var bytes = MessageCodec.Encode(get, 1);
                if (Recall(bytes) is { } known)
                {
                    Assert.Equal(get, known);
                    recalled++;
                }
                else
                {
                    _memo.Learn(bytes, get);
                    Assert.Same(get, Recall(bytes));
                }
            }
        }

        Assert.InRange(recalled, 0, 256);
    }

    private Message? Recall(ReadOnlySpan<byte> bytes) => _memo.TryRecall(bytes, out var known, out _, out _) ? known : null;
}
