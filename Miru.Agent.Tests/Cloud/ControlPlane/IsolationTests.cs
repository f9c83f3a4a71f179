using System.Net;
using Xunit;

namespace Miru.Agent.Tests.Cloud.ControlPlane;

/// <summary>What belongs to another device does not exist.</summary>
public sealed class IsolationTests
{
    [Fact]
    public async Task A_device_sees_nothing_of_another()
    {
        await using var cloud = await TestCloud.StartAsync();
        var owner = await cloud.AddDeviceAsync("robot-1");
        var other = await cloud.AddDeviceAsync("robot-2");
        var release = await cloud.PublishAsync("v1");
        var deployment = await cloud.DeployAsync(release, owner.Id);
        var config = await cloud.ConfigIdAsync(release);

        Assert.Empty((await other.GetAsync("/deployments")).Ok().GetProperty("data").EnumerateArray());
        foreach (var path in new[] { $"/deployments/{deployment}", $"/releases/{release}", $"/config_instances/{config}/content" })
        {
            (await owner.GetAsync(path)).ExpectSuccess();
            (await other.GetAsync(path)).Refused(HttpStatusCode.NotFound, "resource_not_found");
        }

        (await other.PatchAsync($"/deployments/{deployment}", new { activity_status = "archived" })).Refused(HttpStatusCode.NotFound, "resource_not_found");
        (await other.PatchAsync($"/devices/{owner.Id}", new { agent_version = "v9" })).Refused(HttpStatusCode.NotFound, "resource_not_found");
        Assert.Equal("queued", (await owner.GetAsync($"/deployments/{deployment}")).Ok().GetProperty("status").GetString());
    }

    [Fact]
    public async Task An_answer_about_a_strangers_thing_is_that_about_nothing()
    {
        await using var cloud = await TestCloud.StartAsync();
        var owner = await cloud.AddDeviceAsync("robot-1");
        var other = await cloud.AddDeviceAsync("robot-2");
        var deployment = await cloud.DeployAsync(await cloud.PublishAsync("v1"), owner.Id);
        var invented = $"dpl_{new string('0', deployment.Length - 4)}";

        var foreign = await other.GetAsync($"/deployments/{deployment}");
        var absent = await other.GetAsync($"/deployments/{invented}");

        Assert.Equal(absent.Text.Replace(invented, deployment), foreign.Text);
    }

    [Theory]
    [InlineData("GET", "/deployments")]
    [InlineData("GET", "/deployments/dpl_1")]
    [InlineData("PATCH", "/deployments/dpl_1")]
    [InlineData("GET", "/device")]
    [InlineData("PATCH", "/devices/dvc_1")]
    [InlineData("GET", "/releases/rls_1")]
    [InlineData("GET", "/git_commits/c_1")]
    [InlineData("GET", "/config_instances/c_1/content")]
    [InlineData("POST", "/devices/token")]
    [InlineData("POST", "/devices/provision")]
    [InlineData("POST", "/devices/reprovision")]
    public async Task Nothing_but_the_version_is_public(string method, string path)
    {
        await using var cloud = await TestCloud.StartAsync();

        (await cloud.AgentAsync(new HttpMethod(method), path, bearer: null)).Refused(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task A_revoked_device_is_out_at_once_and_comes_back_by_a_token_of_its_own()
    {
        await using var cloud = await TestCloud.StartAsync();
        var device = await cloud.AddDeviceAsync("robot-1");
        var other = await cloud.AddDeviceAsync("robot-2");

        (await cloud.AdminAsync(HttpMethod.Post, $"/devices/{device.Id}/revoke")).ExpectSuccess();

        (await device.GetAsync("/device")).Refused(HttpStatusCode.Unauthorized, "session_revoked");
        (await other.GetAsync("/device")).ExpectSuccess();
        Assert.Equal(device.Id, (await cloud.ProvisionAsync(await cloud.MintAsync("robot-1"), "robot-1", cloud.NewKey())).Ok().GetProperty("id").GetString());
        (await device.GetAsync("/device")).Refused(HttpStatusCode.Unauthorized, "session_revoked");
    }

    [Fact]
    public async Task Nobody_but_an_admin_revokes()
    {
        await using var cloud = await TestCloud.StartAsync();
        var device = await cloud.AddDeviceAsync("robot-1");

        (await cloud.SendAsync(HttpMethod.Post, $"admin/v1/devices/{device.Id}/revoke", device.Token)).Refused(HttpStatusCode.Unauthorized, "admin_key_invalid");
        (await cloud.AdminAsync(HttpMethod.Post, "/devices/dvc_nobody/revoke")).Refused(HttpStatusCode.NotFound, "resource_not_found");
        (await device.GetAsync("/device")).ExpectSuccess();
    }

    [Fact]
    public async Task A_device_token_opens_no_admin_path_and_an_admin_key_no_device_path()
    {
        await using var cloud = await TestCloud.StartAsync();
        var device = await cloud.AddDeviceAsync("robot-1");

        (await cloud.SendAsync(HttpMethod.Get, "admin/v1/devices", device.Token)).Refused(HttpStatusCode.Unauthorized, "admin_key_invalid");
        (await cloud.AgentAsync(HttpMethod.Get, "/device", TestCloud.AdminKey)).Refused(HttpStatusCode.Unauthorized, "token_invalid");
    }
}
