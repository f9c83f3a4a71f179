using Akka.Configuration;
using Akka.Configuration.Hocon;
using Xunit;

namespace Miru.Actors.Tests.Configuration;

/// <summary>References within a document, and documents within documents.</summary>
public class HoconReferenceSpec
{
    [Theory]
    [InlineData("base = 7\na = ${base}")]
    [InlineData("a = ${base}\nbase = 7")]
    public void Resolves_a_reference_wherever_its_target_stands(string hocon) =>
        Assert.Equal(7, ConfigurationFactory.ParseString(hocon).GetInt("a"));

    [Fact]
    public void Concatenates_text_around_a_reference() =>
        Assert.Equal("/var/lib/miru/db", ConfigurationFactory.ParseString("root = /var/lib/miru\na = ${root}/db").GetString("a"));

    [Fact]
    public void Includes_a_document_where_it_is_named()
    {
        var config = ConfigurationFactory.ParseString("a {\n  include \"other\"\n  y = 2\n}", Other);
        Assert.Equal((1, 2, 1), (config.GetInt("a.x"), config.GetInt("a.y"), config.GetInt("a.z")));

        static HoconRoot Other(string name) => Parser.Parse(name == "other" ? "x = 1, y = 1, z = ${x}" : "", null);
    }

    [Fact]
    public void Takes_a_key_that_starts_with_include_for_a_key() =>
        Assert.Equal(1, ConfigurationFactory.ParseString("include-all = 1").GetInt("include-all"));
}
