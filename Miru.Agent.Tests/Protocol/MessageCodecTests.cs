using System.Buffers;
using System.Text;
using Miru.Protocol;
using Xunit;

namespace Miru.Agent.Tests.Protocol;

public sealed class MessageCodecTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"slug\"")]
    [InlineData("{\"slug\":\"a\"")]
    [InlineData("{\"slug\":\"a\"}}")]
    [InlineData("{\"slug\":\"a\"}{}")]
    [InlineData("{\"slug\":\"a\",}")]
    [InlineData("{'slug':\"a\"}")]
    [InlineData("{slug:\"a\"}")]
    [InlineData("{\"slug\":'a'}")]
    [InlineData("{\"slug\":\"a\"/* */}")]
    [InlineData("{\"slug\":\"a\"}//")]
    [InlineData("{\"slug\":\"a\",\"n\":010}")]
    [InlineData("{\"slug\":\"a\",\"n\":0x10}")]
    [InlineData("{\"slug\":\"a\",\"n\":NaN}")]
    [InlineData("{\"slug\":\"a\",\"n\":1.}")]
    [InlineData("{\"slug\":\"a\",\"n\":-}")]
    [InlineData("{\"slug\":\"a\",\"n\":1e}")]
    [InlineData("{\"slug\":\"a\",\"n\":undefined}")]
    [InlineData("{\"slug\":\"a\",\"n\":new Date(1)}")]
    [InlineData("{\"slug\":\"a\\q\"}")]
    [InlineData("{\"slug\":\"a\\u12\"}")]
    [InlineData("{\"slug\":\"a\n\"}")]
    [InlineData("\uFEFF{\"slug\":\"a\"}")]
    [InlineData("{}")]
    [InlineData("{\"slug\":null}")]
    [InlineData("{\"slug\":7}")]
    [InlineData("{\"slug\":[\"a\"]}")]
    [InlineData("{\"Slug\":\"a\"}")]
    [Trait("Clause", "frame-3")]
    public void A_header_of_any_other_form_is_a_violation(string header) =>
        // An empty header is absent, and means {}: the slug is missing.
        Assert.Equal("frame-3", Decode(FrameKind.Get, header).Violation?.Clause);

    [Theory]
    [InlineData("{\"slug\":\"a\"}")]
    [InlineData(" {\t\"slug\" : \"\\u0061\" }\r\n")]
    [InlineData("{\"new\":{\"deep\":[1,-2.5e+3,true,false,null,\"x\"]},\"slug\":\"a\"}")]
    [InlineData("{\"slug\":\"b\",\"slug\":\"a\"}")]
    [InlineData("{\"n\":123456789012345678901234567890,\"slug\":\"a\"}")]
    [Trait("Clause", "frame-3")]
    public void Unknown_members_and_other_spellings_of_the_same_JSON_are_accepted(string header) =>
        Assert.Equal(new Get("a"), Decode(FrameKind.Get, header).Message);

    [Fact]
    [Trait("Clause", "frame-3")]
    public void Text_that_is_not_UTF_8_is_a_violation()
    {
        byte[] header = [.. "{\"slug\":\""u8, 0xC3, 0x28, .. "\"}"u8];

        Assert.Equal("frame-3", Decode(FrameKind.Get, header).Violation?.Clause);
    }

    [Theory]
    [InlineData(15, true)]
    [InlineData(16, false)]
    [InlineData(2000, false)]
    [Trait("Clause", "frame-3")]
    public void Nesting_is_bounded(int arrays, bool accepted)
    {
        var header = $"{{\"slug\":\"a\",\"n\":{new string('[', arrays)}{new string(']', arrays)}}}";

        Assert.Equal(accepted, Decode(FrameKind.Get, header).Message is Get);
    }

    [Fact]
    [Trait("Clause", "frame-3")]
    public void A_number_of_thousands_of_digits_is_refused_not_thrown()
    {
        var header = $"{{\"slug\":\"a\",\"n\":{new string('9', 4000)}}}";

        Assert.Equal("frame-3", Decode(FrameKind.Get, header).Violation?.Clause);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"slugs\":[]}")]
    [InlineData("{\"slugs\":[1]}")]
    [InlineData("{\"slugs\":[\"a\"],\"all\":true}")]
    [InlineData("{\"all\":1}")]
    [InlineData("{\"all\":true,\"after\":{\"epoch\":\"e\"}}")]
    [InlineData("{\"all\":true,\"after\":{\"epoch\":\"e\",\"sequence\":-1}}")]
    [InlineData("{\"all\":true,\"after\":{\"epoch\":\"e\",\"sequence\":1.0}}")]
    [Trait("Clause", "watch-1")]
    public void A_watch_names_slugs_or_all_and_a_whole_cursor(string header) =>
        Assert.Equal("frame-3", Decode(FrameKind.Watch, header).Violation?.Clause);

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(65_535, true)]
    [InlineData(65_536, false)]
    [Trait("Clause", "demand-1")]
    public void A_demand_is_1_to_65535(int count, bool accepted)
    {
        var decoded = Decode(FrameKind.Demand, $"{{\"count\":{count}}}");

        Assert.Equal(accepted ? null : "demand-1", decoded.Violation?.Clause);
    }

    [Theory]
    [InlineData(0)]
    [InlineData((byte)FrameKind.Verdict)]
    [InlineData((byte)FrameKind.Validate)]
    [InlineData(14)]
    [InlineData(64)]
    [InlineData(78)]
    [InlineData(255)]
    [Trait("Clause", "frame-4")]
    public void An_unknown_kind_is_skipped_only_if_it_may_be(byte kind)
    {
        var garbage = "not JSON"u8.ToArray();

        Assert.Equal("frame-4", MessageCodec.Decode(new((FrameKind)kind, (FrameFlags)0xFE, 0, garbage, default)).Violation?.Clause);
        Assert.True(MessageCodec.Decode(new((FrameKind)kind, FrameFlags.Ignorable, 0, garbage, default)).IsSkipped);
    }

    [Fact]
    [Trait("Clause", "frame-6")]
    public void A_question_without_correlation_is_refused_on_both_sides()
    {
        foreach (var (message, _) in SampleMessages.All.Values.Where(sample => sample.Message.Asks))
        {
            var frame = new Frame(message.Kind, FrameFlags.None, 0, MessageCodec.EncodeHeader(message), default);

            Assert.Equal("frame-6", MessageCodec.Decode(frame).Violation?.Clause);
            Assert.Throws<ArgumentException>(() => MessageCodec.Encode(message));
        }
    }

    [Fact]
    [Trait("Clause", "frame-3")]
    public void A_header_over_4_KiB_is_never_written()
    {
        var message = new Get(new string('x', ProtocolLimits.MaxHeader));

        Assert.Throws<ArgumentException>(() => MessageCodec.Encode(message, 1));
        Assert.Throws<ArgumentException>(() => MessageCodec.Encode(new ArrayBufferWriter<byte>(), message, 1));
    }

    [Theory]
    [InlineData(FrameKind.Listed, "{\"epoch\":\"e\",\"sequence\":1}", "{}")]
    [InlineData(FrameKind.Listed, "{\"epoch\":\"e\",\"sequence\":1}", "[1]")]
    [InlineData(FrameKind.Listed, "{\"epoch\":\"e\",\"sequence\":1}", "[{\"slug\":\"a\"}]")]
    [InlineData(FrameKind.Watching, "{\"epoch\":\"e\",\"sequence\":1,\"full\":true}", "")]
    [InlineData(FrameKind.Watching, "{\"epoch\":\"e\",\"sequence\":1,\"full\":true}", "[null]")]
    [InlineData(FrameKind.Status, "", "[]")]
    [Trait("Clause", "frame-3")]
    public void A_body_of_JSON_is_judged_as_strictly_as_a_header(FrameKind kind, string header, string body)
    {
        var frame = new Frame(kind, FrameFlags.None, 1, Encoding.UTF8.GetBytes(header), Encoding.UTF8.GetBytes(body));

        Assert.Equal("frame-3", MessageCodec.Decode(frame).Violation?.Clause);
    }

    [Fact]
    [Trait("Clause", "error-1")]
    public void Error_codes_are_stable_snake_case_and_listed_once() => Assert.Equal(
        [
            "protocol_unsupported", "protocol_violation", "config_not_found", "access_denied", "busy",
            "too_large", "timeout", "not_ready", "storage_failed", "internal",
        ],
        ErrorCodes.All);

    private static DecodeResult Decode(FrameKind kind, string header) => Decode(kind, Encoding.UTF8.GetBytes(header));

    private static DecodeResult Decode(FrameKind kind, byte[] header) =>
        MessageCodec.Decode(new Frame(kind, FrameFlags.None, 1, header, default));
}
