using Akka.Configuration;
using Xunit;

namespace Miru.Actors.Tests.Own;

/// <summary>Where our HOCON does more than Akka.NET's: it follows the HOCON specification, and it refuses damaged text with line and column.</summary>
public class HoconBeyondAkkaSpec
{
    [Theory]
    [InlineData("a = ${b.c}\nb = ${d}\nd { c = 7 }")]
    [InlineData("a = 7\na = ${?nowhere}")]
    [InlineData("a = 1\nover = 7\na = ${?over}")]
    public void Resolves_references_through_references_and_optional_ones(string hocon) =>
        Assert.Equal(7, ConfigurationFactory.ParseString(hocon).GetInt("a"));

    [Fact]
    public void Understands_a_comma_behind_an_object() => Assert.Equal(2, ConfigurationFactory.ParseString("a { x = 1 }, b = 2").GetInt("b"));

    [Fact]
    public void Merges_an_object_over_a_referenced_one()
    {
        var config = ConfigurationFactory.ParseString("base { x = 1, y = 1 }\na = ${base} { y = 2 }");
        Assert.Equal((1, 2, 1), (config.GetInt("a.x"), config.GetInt("a.y"), config.GetInt("base.y")));
    }

    [Fact]
    public void Understands_a_reference_to_the_same_key_as_its_value_before() =>
        Assert.Equal(["x", "y"], ConfigurationFactory.ParseString("a = [x]\na = ${a} [y]").GetStringList("a"));

    [Fact]
    public void Has_no_path_for_a_missing_optional_reference() =>
        Assert.False(ConfigurationFactory.ParseString("a = ${?nowhere}").HasPath("a"));

    [Theory]
    [InlineData("a = ${b}\nb = ${a}")]
    [InlineData("a { b = ${a} }")]
    [InlineData("a = ${a}")]
    public void Refuses_references_in_a_circle(string hocon) =>
        Assert.Throws<ConfigurationException>(() => ConfigurationFactory.ParseString(hocon));

    [Fact]
    public void Refuses_an_include_without_a_callback() =>
        Assert.Throws<ConfigurationException>(() => ConfigurationFactory.ParseString("include \"other\""));

    [Fact]
    public void Appends_to_an_array()
    {
        Assert.Equal(["x", "y", "z"], ConfigurationFactory.ParseString("a = [x]\na += y\na += z").GetStringList("a"));
        Assert.Equal(["x"], ConfigurationFactory.ParseString("a += x").GetStringList("a"));
    }

    [Theory]
    [InlineData("a {\n  b = 1", 1, 3)]
    [InlineData("a = [1, 2", 1, 5)]
    [InlineData("x = 1\na = \"open", 2, 5)]
    [InlineData("a = 1\n}", 2, 1)]
    [InlineData("a = \nb = 2", 2, 3)]
    [InlineData("a = {}\nb = ${nowhere}", 2, 5)]
    [InlineData("a = \"\\q\"", 1, 6)]
    [InlineData("a = x@y", 1, 6)]
    [InlineData("a", 1, 2)]
    public void Says_line_and_column_of_an_error(string hocon, int line, int column)
    {
        var error = Assert.Throws<ConfigurationException>(() => ConfigurationFactory.ParseString(hocon));
        Assert.StartsWith($"Line {line}, column {column}: ", error.Message);
    }

    [Fact]
    public void Renders_what_it_parses_to_the_same_values()
    {
        var config = ConfigurationFactory.ParseString("a { b = \"x y\", \"c.d\" = [1, \"#2\"] }\ne = null");
        var again = ConfigurationFactory.ParseString(config.ToString());
        Assert.Equal("x y", again.GetString("a.b"));
        Assert.Equal(["1", "#2"], again.GetStringList("a.\"c.d\""));
        Assert.Null(again.GetString("e", "default"));
    }

    [Theory]
    [InlineData("a = ", "[")]
    [InlineData("a = ", "{b=")]
    [InlineData("", "a{")]
    public void Refuses_values_nested_too_deep_instead_of_ending_the_process(string start, string opening) =>
        Assert.Throws<ConfigurationException>(() => ConfigurationFactory.ParseString(start + string.Concat(Enumerable.Repeat(opening, 100_000))));
}
