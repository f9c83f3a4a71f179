using System.Net;
using System.Security.Cryptography;
using System.Text;
using Xunit;

namespace Miru.Agent.Tests.Cloud.ControlPlane;

public sealed class ContentTests
{
    [Theory]
    [InlineData("json", "application/json")]
    [InlineData("yaml", "application/yaml")]
    [InlineData("jsonc", "application/jsonc")]
    [InlineData("text", "text/plain")]
    [InlineData("bin", "application/octet-stream")]
    public async Task Content_arrives_to_the_byte_with_its_type(string format, string mediaType)
    {
        // Not UTF-8, not JSON, a BOM, both line ends: nothing may be tidied up.
        byte[] content = [0xEF, 0xBB, 0xBF, 0x00, 0xFF, 0xFE, (byte)'\r', (byte)'\n', (byte)'\n', (byte)' '];
        await using var cloud = await TestCloud.StartAsync();
        var (device, path) = await DeployAsync(cloud, content, format);

        var answer = await device.GetAsync(path);

        Assert.Equal((HttpStatusCode.OK, mediaType), (answer.Status, answer.ContentHeaders.ContentType?.ToString()));
        Assert.Equal(content, answer.Body);
        Assert.Equal(content.Length, answer.ContentHeaders.ContentLength);
        Assert.Equal($"\"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}\"", answer.ETag);
    }

    [Theory]
    [InlineData("", "inline")]
    [InlineData("?disposition=inline", "inline")]
    [InlineData("?disposition=attachment", "attachment")]
    public async Task The_disposition_is_as_asked(string query, string expected)
    {
        await using var cloud = await TestCloud.StartAsync();
        var (device, path) = await DeployAsync(cloud, "{}"u8.ToArray());

        var disposition = (await device.GetAsync(path + query)).ContentHeaders.ContentDisposition;

        Assert.Equal((expected, "config.json"), (disposition?.DispositionType, disposition?.FileName?.Trim('"')));
    }

    [Fact]
    public async Task Another_disposition_is_refused()
    {
        await using var cloud = await TestCloud.StartAsync();
        var (device, path) = await DeployAsync(cloud, "{}"u8.ToArray());

        (await device.GetAsync($"{path}?disposition=hidden")).Refused(HttpStatusCode.BadRequest, "invalid_request");
    }

    [Fact]
    public async Task A_download_resumes_where_it_broke_off()
    {
        var content = Encoding.ASCII.GetBytes("0123456789");
        await using var cloud = await TestCloud.StartAsync();
        var (device, path) = await DeployAsync(cloud, content, "text");
        var etag = (await device.GetAsync(path)).ETag;

        var rest = await device.GetAsync(path, ("Range", "bytes=4-"), ("If-Range", etag));
        var changed = await device.GetAsync(path, ("Range", "bytes=4-"), ("If-Range", "\"sha256:other\""));
        var beyond = await device.GetAsync(path, ("Range", "bytes=10-"));

        Assert.Equal((HttpStatusCode.PartialContent, "456789"), (rest.Status, rest.Text));
        Assert.Equal("bytes 4-9/10", rest.ContentHeaders.ContentRange?.ToString());
        Assert.Equal((HttpStatusCode.OK, "0123456789"), (changed.Status, changed.Text));
        beyond.Refused(HttpStatusCode.RequestedRangeNotSatisfiable, "range_not_satisfiable");
        Assert.Equal("bytes */10", beyond.ContentHeaders.ContentRange?.ToString());
    }

    [Fact]
    public async Task Content_that_is_known_is_not_sent()
    {
        await using var cloud = await TestCloud.StartAsync();
        var (device, path) = await DeployAsync(cloud, "{}"u8.ToArray());
        var etag = (await device.GetAsync(path)).ETag;

        Assert.Equal(HttpStatusCode.NotModified, (await device.GetAsync(path, ("If-None-Match", etag))).Status);
    }

    [Fact]
    public async Task An_empty_and_a_largest_config_pass()
    {
        await using var cloud = await TestCloud.StartAsync();
        var largest = RandomNumberGenerator.GetBytes(4 * 1024 * 1024 - 64 * 1024);
        var (device, full) = await DeployAsync(cloud, largest, "bin");
        var (other, empty) = await DeployAsync(cloud, [], "bin", "robot-2");

        Assert.Equal(largest, (await device.GetAsync(full)).Body);
        var answer = await other.GetAsync(empty);
        Assert.Equal((HttpStatusCode.OK, 0), (answer.Status, answer.Body.Length));
    }

    private static async Task<(TestDevice Device, string Path)> DeployAsync(TestCloud cloud, byte[] content, string format = "json", string name = "robot-1")
    {
        var device = await cloud.AddDeviceAsync(name);
        var release = await cloud.PublishAsync("v1", content, format, "/srv/miru/config.json");
        await cloud.DeployAsync(release, device.Id);
        return (device, $"/config_instances/{await cloud.ConfigIdAsync(release)}/content");
    }
}
