using System.Buffers.Binary;
using Miru.Protocol;
using Xunit;

namespace Miru.Agent.Tests.Protocol;

public sealed class FrameReaderTests
{
    [Theory]
    [InlineData(0, 4096, "frame-2")]
    [InlineData(7, 4096, "frame-2")]
    [InlineData(8, 4096, null)]
    [InlineData(4096, 4096, null)]
    [InlineData(4097, 4096, "frame-2")]
    [InlineData(ProtocolLimits.MaxLength, ProtocolLimits.MaxLength, null)]
    [InlineData(ProtocolLimits.MaxLength + 1, ProtocolLimits.MaxLength, "frame-2")]
    [InlineData(0x00FFFFFF, ProtocolLimits.MaxLength, "frame-2")]
    [InlineData(int.MaxValue, ProtocolLimits.MaxLength, "frame-2")]
    [InlineData(-1, ProtocolLimits.MaxLength, "frame-2")]
    [Trait("Clause", "frame-2")]
    public void A_length_is_judged_as_soon_as_it_is_there(int length, int max, string? clause)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, length);

        var read = FrameReader.Read(bytes, max);

        Assert.Equal(clause, read.Violation?.Clause);
        Assert.Equal(clause is null ? FrameReadStatus.NeedMore : FrameReadStatus.Violation, read.Status);
        Assert.Equal(clause is null ? length + 4 : 0, read.Length);
    }

    [Fact]
    [Trait("Clause", "frame-2")]
    public void A_first_byte_other_than_0_is_refused_at_once()
    {
        for (var first = 1; first < 256; first++)
        {
            Assert.Equal("frame-2", FrameReader.Read(new[] { (byte)first }, 4096).Violation?.Clause);
        }
    }

    [Theory]
    [InlineData(8, 0, null)]
    [InlineData(8, 1, "frame-2")]
    [InlineData(4104, 4096, null)]
    [InlineData(4103, 4096, "frame-2")]
    [InlineData(65536, 4097, "frame-3")]
    [InlineData(65536, 65535, "frame-3")]
    [Trait("Clause", "frame-3")]
    public void A_header_that_cannot_be_is_refused_before_it_arrives(int length, int headerLength, string? clause)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(bytes, length);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(6), (ushort)headerLength);

        Assert.Equal(clause, FrameReader.Read(bytes, ProtocolLimits.MaxLength).Violation?.Clause);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(ProtocolLimits.MaxLength + 1)]
    public void A_limit_outside_the_protocols_own_is_the_callers_mistake(int max) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => FrameReader.Read(new byte[4], max));

    [Fact]
    [Trait("Clause", "frame-6")]
    public void One_encoding_serves_every_correlation()
    {
        var encoded = Vectors.Read("config");

        FrameWriter.SetCorrelation(encoded, 0xFEDCBA98);

        Assert.Equal(0xFEDCBA98, FrameReader.Read(encoded, ProtocolLimits.MaxLength).Frame.Correlation);
    }

    [Theory]
    [InlineData(ProtocolLimits.MaxHeader + 1, 0)]
    [InlineData(0, ProtocolLimits.MaxLength - 7)]
    [InlineData(100, ProtocolLimits.MaxLength - 107)]
    [InlineData(0, int.MaxValue)]
    [Trait("Clause", "frame-2")]
    public void A_frame_over_a_limit_is_never_written(int headerLength, int bodyLength) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => FrameWriter.Measure(headerLength, bodyLength));

    [Fact]
    [Trait("Clause", "frame-2")]
    public void The_largest_config_fits_a_frame_with_the_largest_header() =>
        FrameWriter.Measure(ProtocolLimits.MaxHeader, ProtocolLimits.MaxConfigSize);
}
