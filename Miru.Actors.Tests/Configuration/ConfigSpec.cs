using Akka.Configuration;
using Xunit;

namespace Miru.Actors.Tests.Configuration;

/// <summary>How values are read: types, units, defaults, fallbacks.</summary>
public class ConfigSpec
{
    [Theory]
    [InlineData("on", true)]
    [InlineData("true", true)]
    [InlineData("off", false)]
    [InlineData("false", false)]
    public void Reads_a_boolean(string text, bool expected) =>
        Assert.Equal(expected, ConfigurationFactory.ParseString($"a = {text}").GetBoolean("a", !expected));

    [Theory]
    [InlineData("yes")]
    [InlineData("no")]
    [InlineData("TRUE")]
    [InlineData("1")]
    public void Refuses_every_other_word_as_a_boolean(string text) =>
        Assert.Throws<NotSupportedException>(() => ConfigurationFactory.ParseString($"a = {text}").GetBoolean("a"));

    [Theory]
    [InlineData("100", 100)]
    [InlineData("100ms", 100)]
    [InlineData("1.5 s", 1500)]
    [InlineData("2 seconds", 2000)]
    [InlineData("1m", 60_000)]
    [InlineData("2 hours", 7_200_000)]
    [InlineData("1d", 86_400_000)]
    [InlineData("500 micros", 0.5)]
    [InlineData("1000000ns", 1)]
    public void Reads_a_duration_in_milliseconds_unless_it_has_a_unit(string text, double milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), ConfigurationFactory.ParseString($"a = {text}").GetTimeSpan("a"));

    [Fact]
    public void Reads_infinite_as_a_duration_only_where_it_is_allowed()
    {
        var config = ConfigurationFactory.ParseString("a = infinite");
        Assert.Equal(Timeout.InfiniteTimeSpan, config.GetTimeSpan("a"));
        Assert.Throws<FormatException>(() => config.GetTimeSpan("a", allowInfinite: false));
    }

    [Theory]
    [InlineData("-1s")]
    [InlineData("-1")]
    [InlineData("soon")]
    public void Refuses_what_is_no_duration(string text) =>
        Assert.Throws<FormatException>(() => ConfigurationFactory.ParseString($"a = {text}").GetTimeSpan("a"));

    [Theory]
    [InlineData("512", 512)]
    [InlineData("512b", 512)]
    [InlineData("4 KiB", 4096)]
    [InlineData("4k", 4096)]
    [InlineData("4kB", 4000)]
    [InlineData("2 MiB", 2 * 1024 * 1024)]
    [InlineData("2m", 2 * 1024 * 1024)]
    [InlineData("2MB", 2_000_000)]
    [InlineData("1 gibibyte", 1024L * 1024 * 1024)]
    public void Reads_a_size(string text, long bytes) => Assert.Equal(bytes, ConfigurationFactory.ParseString($"a = {text}").GetByteSize("a"));

    [Fact]
    public void Reads_numbers_with_a_point_whatever_the_culture()
    {
        var config = ConfigurationFactory.ParseString("i = -12, l = 5000000000, d = 1.25");
        Assert.Equal((-12, 5_000_000_000L, 1.25, 1.25f, 1.25m), (config.GetInt("i"), config.GetLong("l"), config.GetDouble("d"), config.GetFloat("d"), config.GetDecimal("d")));
    }

    [Fact]
    public void Yields_the_default_for_a_path_that_is_not_there()
    {
        var config = ConfigurationFactory.ParseString("a.b = 1");
        Assert.Equal("x", config.GetString("a.c", "x"));
        Assert.Equal(3, config.GetInt("a.b.c", 3));
        Assert.Equal(TimeSpan.FromSeconds(1), config.GetTimeSpan("z", TimeSpan.FromSeconds(1)));
        Assert.Empty(config.GetStringList("z"));
        Assert.Null(config.GetConfig("z"));
        Assert.False(config.HasPath("z"));
    }

    [Fact]
    public void Reads_null_as_null_and_not_as_the_default()
    {
        var config = ConfigurationFactory.ParseString("a = null");
        Assert.True(config.HasPath("a"));
        Assert.Null(config.GetString("a", "default"));
    }

    [Fact]
    public void Completes_itself_from_its_fallback_key_by_key()
    {
        var config = ConfigurationFactory.ParseString("a { x = 1 }").WithFallback("a { x = 9, y = 2 }\nb = 3");
        Assert.Equal((1, 2, 3), (config.GetInt("a.x"), config.GetInt("a.y"), config.GetInt("b")));
        Assert.Equal((1, 2), (config.GetConfig("a").GetInt("x"), config.GetConfig("a").GetInt("y")));
    }

    [Fact]
    public void Leaves_both_sides_of_a_fallback_unchanged()
    {
        Config upper = "a { x = 1 }", lower = "a { y = 2 }";
        _ = upper.WithFallback(lower);
        Assert.False(upper.HasPath("a.y"));
        Assert.False(lower.HasPath("a.x"));
    }

    [Fact]
    public void Stacks_fallbacks_in_the_order_in_which_they_were_added()
    {
        var config = ConfigurationFactory.ParseString("a = 1").WithFallback("a = 2, b = 2").WithFallback("a = 3, b = 3, c = 3");
        Assert.Equal((1, 2, 3), (config.GetInt("a"), config.GetInt("b"), config.GetInt("c")));
    }

    [Fact]
    public void Refuses_itself_as_a_fallback()
    {
        Config config = "a = 1";
        Assert.Throws<ArgumentException>(() => config.WithFallback(config));
    }

    [Fact]
    public void Is_empty_without_a_setting()
    {
        Assert.True(ConfigurationFactory.Empty.IsEmpty);
        Assert.True(Config.Empty.IsNullOrEmpty());
        Assert.False(ConfigurationFactory.ParseString("a = 1").IsEmpty);
        Assert.Equal(1, Config.Empty.WithFallback("a = 1").GetInt("a"));
    }

    [Fact]
    public void Lists_the_settings_at_the_top_with_those_of_the_fallback()
    {
        var config = ConfigurationFactory.ParseString("a = 1").WithFallback("a = 2, b = 2");
        Assert.Equal(["a=1", "b=2"], config.AsEnumerable().Select(item => $"{item.Key}={item.Value.GetString()}").Order());
    }

    [Fact]
    public void Shows_what_the_fallback_adds_only_on_request()
    {
        var config = ConfigurationFactory.ParseString("a = 1").WithFallback("b = 2");
        Assert.DoesNotContain("b", config.ToString());
        Assert.Contains("b", config.ToString(includeFallback: true));
    }
}
