using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Miru.Agent.Tests.Cloud.ControlPlane;

/// <summary>Starting, stopping, and what lasts from one to the next.</summary>
public sealed class LifecycleTests
{
    [Fact]
    public async Task A_restart_keeps_devices_tokens_releases_deployments_and_etags()
    {
        await using var cloud = await TestCloud.StartAsync();
        var device = await cloud.AddDeviceAsync("robot-1");
        var release = await cloud.PublishAsync("v1", "{\"a\":1}");
        await cloud.DeployAsync(release, device.Id);
        var before = await device.GetAsync("/deployments?expand=release,config_instances");
        await cloud.StopAsync();

        await using var restarted = await TestCloud.StartAsync(cloud.Directory, cloud.Time);
        var again = device with { Cloud = restarted };
        var after = await again.GetAsync("/deployments?expand=release,config_instances");

        Assert.Equal((before.Text, before.ETag), (after.Text, after.ETag));
        Assert.Equal("{\"a\":1}", (await again.GetAsync($"/config_instances/{await restarted.ConfigIdAsync(release)}/content")).Text);
    }

    [Fact]
    public async Task Two_servers_never_agree_on_an_etag()
    {
        await using var one = await TestCloud.StartAsync();
        await using var two = await TestCloud.StartAsync();

        Assert.NotEqual(
            (await (await one.AddDeviceAsync("robot-1")).GetAsync("/deployments")).ETag,
            (await (await two.AddDeviceAsync("robot-1")).GetAsync("/deployments")).ETag);
    }

    [Fact]
    public async Task Without_an_admin_key_one_is_made_once_and_kept()
    {
        await using var cloud = await TestCloud.StartAsync(adjust: options => options with { AdminKeys = null });
        var file = Path.Combine(cloud.Directory, "admin.key");
        var key = (await File.ReadAllTextAsync(file)).Trim();
        await cloud.StopAsync();

        await using var restarted = await TestCloud.StartAsync(cloud.Directory, adjust: options => options with { AdminKeys = null });

        Assert.Equal(file, cloud.GeneratedAdminKeyFile);
        Assert.Null(restarted.GeneratedAdminKeyFile);
        (await restarted.SendAsync(HttpMethod.Get, "admin/v1/devices", key)).Ok();
    }

    [Fact]
    public async Task A_new_admin_key_revokes_the_old_one()
    {
        await using var cloud = await TestCloud.StartAsync();
        await cloud.StopAsync();

        await using var restarted = await TestCloud.StartAsync(cloud.Directory, adjust: options => options with { AdminKeys = ["another-admin-key", "the-key-of-somebody-else"] });

        (await restarted.SendAsync(HttpMethod.Get, "admin/v1/devices", TestCloud.AdminKey)).Refused(HttpStatusCode.Unauthorized, "admin_key_invalid");
        (await restarted.SendAsync(HttpMethod.Get, "admin/v1/devices", "another-admin-key")).Ok();
        (await restarted.SendAsync(HttpMethod.Get, "admin/v1/devices", "the-key-of-somebody-else")).Ok();
    }

    [Fact]
    public async Task Only_its_user_may_read_what_it_keeps()
    {
        var directory = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await using var cloud = await TestCloud.StartAsync(directory, adjust: options => options with { AdminKeys = null });
        await cloud.PublishAsync("v1", key: (await File.ReadAllTextAsync(Path.Combine(directory, "admin.key"))).Trim());

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(directory));
        var files = Directory.GetFiles(directory);
        Assert.Contains(Path.Combine(directory, "cloud.db-wal"), files);
        Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
        await cloud.StopAsync();
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task A_taken_port_is_named()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}";

        var failure = await Assert.ThrowsAnyAsync<IOException>(() => TestCloud.StartAsync(adjust: options => options with { Urls = url }));

        Assert.Contains(url, failure.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("127.0.0.1:8080")]
    [InlineData("https://127.0.0.1:0")]
    [InlineData("http://127.0.0.1:0/path")]
    [InlineData("http://127.0.0.1:0;ftp://x")]
    public async Task An_address_it_cannot_listen_on_is_refused(string url) =>
        await Assert.ThrowsAnyAsync<IOException>(() => TestCloud.StartAsync(adjust: options => options with { Urls = url }));

    [Fact]
    public async Task A_failed_start_leaves_the_directory_to_the_next()
    {
        var directory = Directory.CreateTempSubdirectory("miru-cloud-").FullName;
        await Assert.ThrowsAnyAsync<IOException>(() => TestCloud.StartAsync(directory, adjust: options => options with { Urls = "https://127.0.0.1:0" }));

        await using var cloud = await TestCloud.StartAsync(directory);

        (await cloud.AdminAsync(HttpMethod.Get, "/devices")).Ok();
        await cloud.StopAsync();
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task A_directory_in_use_is_refused()
    {
        await using var cloud = await TestCloud.StartAsync();

        var failure = await Assert.ThrowsAnyAsync<IOException>(() => TestCloud.StartAsync(cloud.Directory));

        Assert.Contains("another Miru.Cloud", failure.Message);
    }

    [Fact]
    public async Task A_file_in_place_of_the_directory_is_refused()
    {
        var file = Path.GetTempFileName();

        var failure = await Assert.ThrowsAnyAsync<IOException>(() => TestCloud.StartAsync(file));

        Assert.Contains(file, failure.Message);
        File.Delete(file);
    }

    [Fact]
    public async Task A_database_of_a_newer_server_is_left_alone()
    {
        await using var cloud = await TestCloud.StartAsync();
        await cloud.StopAsync();
        await using (var db = new SqliteConnection($"Data Source={Path.Combine(cloud.Directory, "cloud.db")};Pooling=False"))
        {
            await db.OpenAsync();
            await using var newer = db.CreateCommand();
            newer.CommandText = "PRAGMA user_version = 999";
            await newer.ExecuteNonQueryAsync();
        }

        var failure = await Assert.ThrowsAnyAsync<IOException>(() => TestCloud.StartAsync(cloud.Directory));

        Assert.Contains("newer Miru.Cloud", failure.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(86_401)]
    public async Task A_token_lifetime_out_of_range_is_refused(int seconds) => await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
        () => TestCloud.StartAsync(adjust: options => options with { DeviceTokenLifetime = TimeSpan.FromSeconds(seconds) }));
}
