using Miru.Agent.Settings;
using Xunit;

namespace Miru.Agent.Tests.Settings;

public sealed class QuantitiesTests
{
    [Theory]
    [InlineData("5s", 5_000)]
    [InlineData("250 ms", 250)]
    [InlineData("1.5h", 5_400_000)]
    [InlineData("2 minutes", 120_000)]
    [InlineData("1d", 86_400_000)]
    [InlineData("0s", 0)]
    public void Reads_a_duration_with_its_unit(string text, long milliseconds)
    {
        Assert.True(Quantities.TryDuration(text, out var value));
        Assert.Equal(milliseconds, value.TotalMilliseconds);
    }

    [Theory]
    [InlineData("5")]
    [InlineData("s")]
    [InlineData("")]
    [InlineData("-5s")]
    [InlineData("5S")]
    [InlineData("1.2.3s")]
    [InlineData("99999999999999999999999d")]
    [InlineData("99999999999999999999999999999999999999d")]
    public void Refuses_what_is_no_duration(string text) => Assert.False(Quantities.TryDuration(text, out _));

    [Theory]
    [InlineData("64KiB", 65_536)]
    [InlineData("4 MiB", 4_194_304)]
    [InlineData("0.5KiB", 512)]
    [InlineData("17B", 17)]
    public void Reads_a_size_in_bytes(string text, long bytes)
    {
        Assert.True(Quantities.TrySize(text, out var value));
        Assert.Equal(bytes, value);
    }

    [Theory]
    [InlineData("64")]
    [InlineData("64K")]
    [InlineData("64kib")]
    [InlineData("0.3B")]
    [InlineData("-1B")]
    public void Refuses_what_is_no_size(string text) => Assert.False(Quantities.TrySize(text, out _));

    [Theory]
    [InlineData("15m")]
    [InlineData("1s")]
    [InlineData("250ms")]
    [InlineData("0s")]
    public void Writes_a_duration_as_it_reads_it(string text)
    {
        Assert.True(Quantities.TryDuration(text, out var value));
        Assert.Equal(text, Quantities.Format(value));
    }
}
