using System.Text;
using Miru.Agent.Connections;
using Miru.Protocol;
using Xunit;

namespace Miru.Agent.Tests.Connections;

public sealed class FrameAssemblerTests : IDisposable
{
    private static readonly byte[] HelloFrame = MessageCodec.Encode(new Hello([1], [], "test", "test/0"), 1);

    private readonly FrameAssembler _assembler = new(ProtocolLimits.HelloMaxLength, ProtocolLimits.DefaultAgentMaxLength, new ConfigFrames());

    public void Dispose() => _assembler.Dispose();

    [Fact]
    [Trait("Clause", "frame-1")]
    public void Every_split_of_a_conversation_yields_the_same_messages()
    {
        byte[] bytes = [.. HelloFrame, .. MessageCodec.Encode(new Get("a"), 2), .. MessageCodec.Encode(new Demand(3))];
        for (var split = 0; split <= bytes.Length; split++)
        {
            using var assembler = new FrameAssembler(ProtocolLimits.HelloMaxLength, ProtocolLimits.DefaultAgentMaxLength, new ConfigFrames());
            var messages = Feed(assembler, bytes.AsSpan(0, split)).Concat(Feed(assembler, bytes.AsSpan(split))).ToArray();

            Assert.Equal(
                [typeof(Hello), typeof(Get), typeof(Demand)],
                messages.Select(message => message.Message!.GetType()));
        }
    }

    [Fact]
    public void One_byte_at_a_time_is_enough()
    {
        var messages = new List<Inbound>();
        foreach (var next in HelloFrame)
        {
            messages.AddRange(Feed(_assembler, [next]));
        }

        Assert.IsType<Hello>(Assert.Single(messages).Message);
        Assert.False(_assembler.IsPartial);
    }

    [Theory]
    [InlineData("GET /v0.2/health HTTP/1.1\r\n")]
    [InlineData("p")]
    [Trait("Clause", "http-1")]
    public void A_letter_at_the_start_is_http(string text) =>
        Assert.True(Assert.Single(Feed(_assembler, Encoding.ASCII.GetBytes(text))).IsHttp);

    [Theory]
    [InlineData(1)]
    [InlineData(0x16)]
    [InlineData(255)]
    [Trait("Clause", "http-1")]
    public void Any_other_first_byte_is_a_violation(byte first) => AssertBroken(Clauses.Http1, [first]);

    [Fact]
    [Trait("Clause", "frame-2")]
    public void The_first_frame_may_not_be_larger_than_4_KiB() => AssertBroken(Clauses.Frame2, [0, 0, 0x10, 1]);

    [Fact]
    [Trait("Clause", "frame-2")]
    public void A_later_frame_may_not_be_larger_than_agreed()
    {
        Feed(_assembler, HelloFrame);

        AssertBroken(Clauses.Frame2, [0, 1, 0, 1]);
    }

    [Fact]
    [Trait("Clause", "frame-4")]
    public void An_unknown_kind_is_skipped_only_if_it_is_ignorable()
    {
        byte[] ignorable = [0, 0, 0, 8, 200, 1, 0, 0, 0, 0, 0, 0];
        byte[] demanding = [0, 0, 0, 8, 200, 0, 0, 0, 0, 0, 0, 0];
        Assert.Empty(Feed(_assembler, ignorable));

        AssertBroken(Clauses.Frame4, demanding);
    }

    [Fact]
    [Trait("Clause", "frame-5")]
    public void Nothing_is_read_after_a_violation()
    {
        AssertBroken(Clauses.Http1, [1]);

        Assert.Empty(Feed(_assembler, HelloFrame));
    }

    [Fact]
    [Trait("Clause", "frame-2")]
    public void No_buffer_is_held_for_an_announced_length_nor_after_a_whole_frame()
    {
        Feed(_assembler, HelloFrame);
        Assert.Equal(0, _assembler.Held);
        Feed(_assembler, [0, 0, 0xFF, 0xFF]);

        Assert.True(_assembler.IsPartial);
        Assert.InRange(_assembler.Held, 1, 4096);
    }

    private void AssertBroken(string clause, byte[] bytes) =>
        Assert.Equal(clause, Assert.Single(Feed(_assembler, bytes)).Violation!.Clause);

    private static List<Inbound> Feed(FrameAssembler assembler, ReadOnlySpan<byte> bytes)
    {
        var found = new List<Inbound>();
        assembler.Append(bytes);
        while (assembler.TryRead(out var inbound))
        {
            found.Add(inbound);
        }

        assembler.ReleaseIfEmpty();
        return found;
    }
}
