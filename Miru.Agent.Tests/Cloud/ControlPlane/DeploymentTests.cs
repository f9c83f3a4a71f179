using System.Net;
using System.Text.Json;
using Xunit;

namespace Miru.Agent.Tests.Cloud.ControlPlane;

public sealed class DeploymentTests
{
    [Fact]
    public async Task A_new_deployment_sends_the_previous_one_away()
    {
        await using var cloud = await TestCloud.StartAsync();
        var device = await cloud.AddDeviceAsync("robot-1");
        var first = await cloud.DeployAsync(await cloud.PublishAsync("v1"), device.Id);
        (await device.PatchAsync($"/deployments/{first}", new { activity_status = "deployed" })).Ok();

        var second = await cloud.DeployAsync(await cloud.PublishAsync("v2"), device.Id);

        Assert.Equal(("deployed", "archived"), await StateAsync(device, first));
        Assert.Equal(("queued", "deployed"), await StateAsync(device, second));
    }

    [Fact]
    public async Task Rolling_back_is_deploying_the_older_release_again()
    {
        await using var cloud = await TestCloud.StartAsync();
        var device = await cloud.AddDeviceAsync("robot-1");
        var old = await cloud.PublishAsync("v1");
        var first = await cloud.DeployAsync(old, device.Id);
        await cloud.DeployAsync(await cloud.PublishAsync("v2"), device.Id);

        var back = await cloud.DeployAsync(old, device.Id);

        Assert.NotEqual(first, back);
        var current = (await cloud.AdminAsync(HttpMethod.Get, $"/devices/{device.Id}")).Ok().GetProperty("current_deployment");
        Assert.Equal((back, "v1"), (current.GetProperty("id").GetString(), current.GetProperty("release_version").GetString()));
    }

    [Fact]
    public async Task Without_a_device_every_device_gets_it()
    {
        await using var cloud = await TestCloud.StartAsync();
        var one = await cloud.AddDeviceAsync("robot-1");
        var two = await cloud.AddDeviceAsync("robot-2");
        var release = await cloud.PublishAsync("v1");

        var created = (await cloud.AdminAsync(HttpMethod.Post, "/deployments", new { release_id = release })).Ok().GetProperty("data");

        Assert.Equal(
            new[] { one.Id, two.Id }.Order(),
            created.EnumerateArray().Select(deployment => deployment.GetProperty("device_id").GetString()!).Order());
        Assert.Single((await one.GetAsync("/deployments")).Ok().GetProperty("data").EnumerateArray());
        Assert.Single((await two.GetAsync("/deployments")).Ok().GetProperty("data").EnumerateArray());
    }

    [Theory]
    [InlineData("deployed", "none", "deployed")]
    [InlineData("deployed", "failed", "failed")]
    [InlineData("queued", "retrying", "retrying")]
    [InlineData("archived", "none", "archived")]
    public async Task An_error_takes_precedence_in_the_status(string activity, string error, string status)
    {
        await using var cloud = await TestCloud.StartAsync();
        var device = await cloud.AddDeviceAsync("robot-1");
        var id = await cloud.DeployAsync(await cloud.PublishAsync("v1"), device.Id);

        var patched = (await device.PatchAsync($"/deployments/{id}", new { activity_status = activity, error_status = error })).Ok();

        Assert.Equal(status, patched.GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_report_changes_only_what_it_names()
    {
        await using var cloud = await TestCloud.StartAsync();
        var device = await cloud.AddDeviceAsync("robot-1");
        var id = await cloud.DeployAsync(await cloud.PublishAsync("v1"), device.Id);
        (await device.PatchAsync($"/deployments/{id}", new { activity_status = "deployed", error_status = "retrying", deployed_at = "2026-03-01T10:00:00+02:00" })).Ok();

        (await device.PatchAsync($"/deployments/{id}", new { error_status = "none" })).Ok();

        var seen = (await cloud.AdminAsync(HttpMethod.Get, $"/deployments/{id}")).Ok();
        Assert.Equal("deployed", seen.GetProperty("status").GetString());
        Assert.Equal("2026-03-01T08:00:00.000Z", seen.GetProperty("deployed_at").GetString());
        Assert.Equal(JsonValueKind.Null, seen.GetProperty("archived_at").ValueKind);
    }

    [Theory]
    [InlineData("""{"activity_status":"done"}""", "invalid_request")]
    [InlineData("""{"activity_status":"Deployed"}""", "invalid_request")]
    [InlineData("""{"error_status":"bad"}""", "invalid_request")]
    [InlineData("""{"deployed_at":"yesterday"}""", "invalid_json")]
    [InlineData("""{"activity_status":1}""", "invalid_json")]
    public async Task A_report_in_other_words_is_refused(string body, string code)
    {
        await using var cloud = await TestCloud.StartAsync();
        var device = await cloud.AddDeviceAsync("robot-1");
        var id = await cloud.DeployAsync(await cloud.PublishAsync("v1"), device.Id);

        (await device.PatchAsync($"/deployments/{id}", body)).Refused(HttpStatusCode.BadRequest, code);
    }

    [Theory]
    [InlineData("", 3)]
    [InlineData("?activity_status=queued", 1)]
    [InlineData("?activity_status=queued,deployed", 2)]
    [InlineData("?activity_status=queued|deployed", 2)]
    [InlineData("?activity_status=queued&activity_status=archived", 2)]
    [InlineData("?activity_status=staged", 0)]
    public async Task The_list_keeps_to_the_asked_activities(string query, int expected)
    {
        await using var cloud = await TestCloud.StartAsync();
        var device = await cloud.AddDeviceAsync("robot-1");
        foreach (var activity in new[] { "archived", "deployed", "queued" })
        {
            var id = await cloud.DeployAsync(await cloud.PublishAsync("v1"), device.Id);
            (await device.PatchAsync($"/deployments/{id}", new { activity_status = activity })).Ok();
        }

        var separator = query == "" ? "?" : "&";
        var list = (await device.GetAsync($"/deployments{query}{separator}expand=total_count")).Ok();

        Assert.Equal(expected, list.GetProperty("data").GetArrayLength());
        Assert.Equal(expected, list.GetProperty("total_count").GetInt32());
    }

    [Fact]
    public async Task Pages_cover_everything_once_newest_first()
    {
        await using var cloud = await TestCloud.StartAsync();
        var device = await cloud.AddDeviceAsync("robot-1");
        var release = await cloud.PublishAsync("v1");
        var created = new List<string?>();
        for (var i = 0; i < 5; i++)
        {
            created.Insert(0, await cloud.DeployAsync(release, device.Id));
        }

        var seen = new List<string?>();
        var more = new List<bool>();
        for (var offset = 0; offset < 6; offset += 2)
        {
            var page = (await device.GetAsync($"/deployments?limit=2&offset={offset}")).Ok();
            Assert.Equal((2, offset), (page.GetProperty("limit").GetInt32(), page.GetProperty("offset").GetInt32()));
            seen.AddRange(page.GetProperty("data").EnumerateArray().Select(deployment => deployment.GetProperty("id").GetString()));
            more.Add(page.GetProperty("has_more").GetBoolean());
        }

        Assert.Equal(created, seen);
        Assert.Equal([true, true, false], more);
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=101")]
    [InlineData("limit=ten")]
    [InlineData("limit=1&limit=2")]
    [InlineData("offset=-1")]
    [InlineData("offset=99999999999")]
    [InlineData("expand=everything")]
    [InlineData("activity_status=done")]
    public async Task A_list_query_outside_the_contract_is_refused(string query)
    {
        await using var cloud = await TestCloud.StartAsync();
        var device = await cloud.AddDeviceAsync("robot-1");

        (await device.GetAsync($"/deployments?{query}")).Refused(HttpStatusCode.BadRequest, "invalid_request");
    }

    [Fact]
    public async Task A_deployment_of_nothing_or_to_nobody_is_refused()
    {
        await using var cloud = await TestCloud.StartAsync();
        var release = await cloud.PublishAsync("v1");

        (await cloud.AdminAsync(HttpMethod.Post, "/deployments", new { release_id = "rls_none" })).Refused(HttpStatusCode.NotFound, "resource_not_found");
        (await cloud.AdminAsync(HttpMethod.Post, "/deployments", new { release_id = release, device_id = "dvc_none" })).Refused(HttpStatusCode.NotFound, "resource_not_found");
        (await cloud.AdminAsync(HttpMethod.Post, "/deployments", new { })).Refused(HttpStatusCode.BadRequest, "invalid_request");
    }

    private static async Task<(string? Activity, string? Target)> StateAsync(TestDevice device, string id)
    {
        var deployment = (await device.GetAsync($"/deployments/{id}")).Ok();
        return (deployment.GetProperty("activity_status").GetString(), deployment.GetProperty("target_status").GetString());
    }
}
