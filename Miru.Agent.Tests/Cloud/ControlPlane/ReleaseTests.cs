using System.Net;
using Xunit;

namespace Miru.Agent.Tests.Cloud.ControlPlane;

public sealed class ReleaseTests
{
    private const int MaxConfigBytes = 4 * 1024 * 1024 - 64 * 1024;

    [Fact]
    public async Task A_release_tells_what_is_in_it()
    {
        await using var cloud = await TestCloud.StartAsync();

        var created = (await PublishAsync(cloud, Config(content: "{}"u8.ToArray()))).Ok();
        var found = (await cloud.AdminAsync(HttpMethod.Get, $"/releases/{created.GetProperty("id").GetString()}")).Ok();

        Assert.Empty(created.GetProperty("warnings").EnumerateArray());
        Assert.False(found.TryGetProperty("warnings", out _));
        var config = found.GetProperty("config_instances")[0];
        Assert.Equal(("json", 2), (config.GetProperty("format").GetString(), config.GetProperty("size").GetInt32()));
        Assert.Equal("sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a", config.GetProperty("digest").GetString());
    }

    [Fact]
    public async Task Broken_json_is_taken_with_a_warning()
    {
        await using var cloud = await TestCloud.StartAsync();

        var created = (await PublishAsync(cloud, Config(content: "{\"a\":"u8.ToArray()))).Ok();

        Assert.Contains("/srv/miru/a.json", created.GetProperty("warnings")[0].GetString());
    }

    [Theory]
    [InlineData("relative/a.json")]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/srv/../etc/passwd")]
    [InlineData("/srv/miru/..")]
    [InlineData("/srv/./a.json")]
    [InlineData("/srv//a.json")]
    [InlineData("/srv/miru/")]
    [InlineData("/srv/a\0b")]
    [InlineData(null)]
    public async Task A_path_that_is_not_plain_and_absolute_is_refused(string? filepath)
    {
        await using var cloud = await TestCloud.StartAsync();

        Invalid(await PublishAsync(cloud, Config(filepath: filepath)), "configs[0].filepath");
    }

    [Theory]
    [InlineData("toml")]
    [InlineData("JSON")]
    [InlineData("")]
    [InlineData(null)]
    public async Task An_unknown_format_is_refused(string? format)
    {
        await using var cloud = await TestCloud.StartAsync();

        Invalid(await PublishAsync(cloud, Config(format: format)), "configs[0].format");
    }

    [Fact]
    public async Task A_release_with_gaps_is_refused()
    {
        await using var cloud = await TestCloud.StartAsync();

        Invalid(await PublishAsync(cloud, Config(name: null)), "configs[0].config_type_name");
        Invalid(await PublishAsync(cloud, Config(name: " ")), "configs[0].config_type_name");
        Invalid(await PublishAsync(cloud, new { config_type_name = "A", filepath = "/a", format = "json" }), "configs[0].content_base64");
        Invalid(await PublishAsync(cloud, (object?)null), "configs[0]");
        Invalid(await PublishAsync(cloud), "configs");
        Invalid(await cloud.AdminAsync(HttpMethod.Post, "/releases", new { configs = new[] { Config() } }), "version");
        Invalid(await PublishAsync(cloud, Enumerable.Range(0, 257).Select(i => Config(filepath: $"/{i}")).ToArray()), "configs");
    }

    [Fact]
    public async Task Two_configs_for_one_file_are_refused()
    {
        await using var cloud = await TestCloud.StartAsync();

        Invalid(await PublishAsync(cloud, Config(name: "A"), Config(name: "B")), "configs");
    }

    [Fact]
    public async Task A_config_of_one_byte_too_many_is_refused()
    {
        await using var cloud = await TestCloud.StartAsync();

        (await PublishAsync(cloud, Config(format: "bin", content: new byte[MaxConfigBytes]))).Ok();
        (await PublishAsync(cloud, Config(format: "bin", content: new byte[MaxConfigBytes + 1]))).Refused(HttpStatusCode.RequestEntityTooLarge, "too_large");
    }

    [Fact]
    public async Task What_is_not_base64_is_refused()
    {
        await using var cloud = await TestCloud.StartAsync();

        var answer = await PublishAsync(cloud, new { config_type_name = "A", filepath = "/a", format = "json", content_base64 = "%%%" });

        answer.Refused(HttpStatusCode.BadRequest, "invalid_json");
        Assert.Equal("$.configs[0].content_base64", answer.Json.GetProperty("error").GetProperty("params").GetProperty("path").GetString());
    }

    [Fact]
    public async Task Releases_are_listed_newest_first()
    {
        await using var cloud = await TestCloud.StartAsync();
        var old = await cloud.PublishAsync("v1");
        var recent = await cloud.PublishAsync("v2");

        var data = (await cloud.AdminAsync(HttpMethod.Get, "/releases")).Ok().GetProperty("data");

        Assert.Equal([recent, old], data.EnumerateArray().Select(release => release.GetProperty("id").GetString()));
    }

    private static Task<Answer> PublishAsync(TestCloud cloud, params object?[] configs) =>
        cloud.AdminAsync(HttpMethod.Post, "/releases", new { version = "v1", configs });

    private static object Config(string? name = "A", string? filepath = "/srv/miru/a.json", string? format = "json", byte[]? content = null) =>
        new { config_type_name = name, filepath, format, content_base64 = content ?? "{}"u8.ToArray() };

    private static void Invalid(Answer answer, string param)
    {
        answer.Refused(HttpStatusCode.BadRequest, "invalid_request");
        Assert.Equal(param, answer.Json.GetProperty("error").GetProperty("params").GetProperty("param").GetString());
    }
}
