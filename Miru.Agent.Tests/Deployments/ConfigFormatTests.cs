using System.Text;
using Miru.Agent.Deployments;
using Xunit;

namespace Miru.Agent.Tests.Deployments;

public sealed class ConfigFormatTests
{
    [Theory]
    [InlineData("/srv/a.json", "text/plain", "json")]
    [InlineData("/srv/a.YAML", null, "yaml")]
    [InlineData("/srv/a", "application/json; charset=utf-8", "json")]
    [InlineData("/srv/a", "application/x-yaml", "yaml")]
    [InlineData("/srv/a", "text/plain", "text")]
    [InlineData("/srv/a", "application/octet-stream", "bin")]
    [InlineData("/srv/a.", null, "bin")]
    public void The_extension_decides_and_else_the_content_type(string path, string? contentType, string format) =>
        Assert.Equal(format, ConfigFormat.Of(path, contentType));

    [Theory]
    [InlineData("{}")]
    [InlineData(" [1, \"\\u00e9\"] ")]
    [InlineData("3")]
    public void Valid_json_passes(string content) => Assert.Null(ConfigFormat.Violation("json", Encoding.UTF8.GetBytes(content)));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}{}")]
    [InlineData("{'a':1}")]
    [InlineData("[1,]")]
    [InlineData("// a comment\n{}")]
    [InlineData("\ufeff{}")]
    public void What_is_called_json_and_is_not_is_refused(string content) =>
        Assert.Contains("not valid JSON", ConfigFormat.Violation("json", Encoding.UTF8.GetBytes(content)));

    [Fact]
    public void Json_that_is_not_utf8_is_refused() => Assert.Equal("is not valid UTF-8", ConfigFormat.Violation("json", [0x22, 0xff, 0x22]));

    [Fact]
    public void A_document_deeper_than_parsers_survive_is_refused() =>
        Assert.NotNull(ConfigFormat.Violation("json", Encoding.UTF8.GetBytes(new string('[', 100_000))));

    [Theory]
    [InlineData("yaml")]
    [InlineData("bin")]
    public void Other_formats_are_opaque_bytes(string format) => Assert.Null(ConfigFormat.Violation(format, [0xff, 0x00, 0xfe]));
}
