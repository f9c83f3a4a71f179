using Akka.Configuration;
using Xunit;

namespace Miru.Actors.Tests.Configuration;

/// <summary>What may be written, and what it means.</summary>
public class HoconSyntaxSpec
{
    [Theory]
    [InlineData("a { b { c = 1 } }")]
    [InlineData("a.b.c = 1")]
    [InlineData("a { b.c : 1 }")]
    [InlineData("{ a = { b = { c = 1 } } }")]
    [InlineData("a.b { c = 1 }\n# a comment\n// another")]
    [InlineData("a.b.c = 1 # behind the value")]
    [InlineData("a.b.c =\n  1")]
    [InlineData("a { b = { x = 2, c = 1 }, y = 3 }")]
    public void Reads_the_same_setting_however_it_is_nested(string hocon) =>
        Assert.Equal(1, ConfigurationFactory.ParseString(hocon).GetInt("a.b.c"));

    [Fact]
    public void Keeps_dots_in_a_quoted_key() =>
        Assert.Equal("x", ConfigurationFactory.ParseString("""routes { "/user/a.b" = x }""").GetString("""routes."/user/a.b" """.Trim()));

    [Fact]
    public void Lets_the_last_of_two_values_win() =>
        Assert.Equal(2, ConfigurationFactory.ParseString("a = 1\na = 2").GetInt("a"));

    [Fact]
    public void Merges_two_objects_of_the_same_key()
    {
        var config = ConfigurationFactory.ParseString("a { x = 1, y = 1 }\na { y = 2, z = 2 }");
        Assert.Equal((1, 2, 2), (config.GetInt("a.x"), config.GetInt("a.y"), config.GetInt("a.z")));
    }

    [Fact]
    public void Replaces_an_object_by_a_value_and_a_value_by_an_object()
    {
        Assert.Equal(5, ConfigurationFactory.ParseString("a { x = 1 }\na = 5").GetInt("a"));
        Assert.Equal(1, ConfigurationFactory.ParseString("a = 5\na { x = 1 }").GetInt("a.x"));
    }

    [Fact]
    public void Keeps_the_space_between_unquoted_words_and_drops_it_around_them() =>
        Assert.Equal("two  words", ConfigurationFactory.ParseString("a =   two  words  \n").GetString("a"));

    [Theory]
    [InlineData("""a = "x # no comment" """, "x # no comment")]
    [InlineData("""a = "tab\tquote\"end" """, "tab\tquote\"end")]
    [InlineData("""a = "A" """, "A")]
    [InlineData("a = \"\"\"raw \\n \"and\" lines\nmore\"\"\"", "raw \\n \"and\" lines\nmore")]
    public void Reads_quoted_text(string hocon, string expected) => Assert.Equal(expected, ConfigurationFactory.ParseString(hocon).GetString("a"));

    [Theory]
    [InlineData("a = [1, 2, 3]")]
    [InlineData("a = [1\n 2\n 3]")]
    [InlineData("a = [\n 1, # one\n 2, 3,\n]")]
    [InlineData("a = [1] [2, 3]")]
    public void Reads_arrays(string hocon) => Assert.Equal([1, 2, 3], ConfigurationFactory.ParseString(hocon).GetIntList("a"));

    [Fact]
    public void Reads_an_array_of_objects()
    {
        var items = ConfigurationFactory.ParseString("a = [{ n = 1 }, { n = 2 }]").GetValue("a").GetArray();
        Assert.Equal([1, 2], items.Select(item => item.GetObject().GetKey("n").GetInt()));
    }

    [Fact]
    public void Tells_an_empty_array_from_a_text()
    {
        var value = ConfigurationFactory.ParseString("a = []").GetValue("a");
        Assert.False(value.IsString());
        Assert.Empty(value.GetArray());
    }
}
