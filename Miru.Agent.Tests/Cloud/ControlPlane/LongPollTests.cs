using System.Net;
using Xunit;

namespace Miru.Agent.Tests.Cloud.ControlPlane;

public sealed class LongPollTests
{
    [Fact]
    public async Task Answers_at_once_without_an_etag_or_with_an_outdated_one()
    {
        await using var cloud = await TestCloud.StartAsync();
        var device = await cloud.AddDeviceAsync("robot-1");
        var before = (await device.GetAsync("/deployments")).ETag;
        await cloud.DeployAsync(await cloud.PublishAsync("v1"), device.Id);

        var outdated = await device.PollAsync(before, 30);
        var without = await device.GetAsync("/deployments", ("Prefer", "wait=30"));

        Assert.Single(outdated.Ok().GetProperty("data").EnumerateArray());
        Assert.Equal("wait=30", outdated.Header("Preference-Applied"));
        Assert.NotEqual(before, outdated.ETag);
        Assert.Equal(outdated.ETag, without.ETag);
        Assert.Equal("wait=30", without.Header("Preference-Applied"));
    }

    [Fact]
    public async Task Wakes_as_soon_as_something_is_deployed()
    {
        await using var cloud = await TestCloud.StartAsync();
        var device = await cloud.AddDeviceAsync("robot-1");
        var release = await cloud.PublishAsync("v1");
        var poll = device.PollAsync((await device.GetAsync("/deployments")).ETag, 30);
        await cloud.Time.PendingAsync(1);

        var deployment = await cloud.DeployAsync(release, deviceId: null);

        var answer = await poll;
        Assert.Equal(deployment, answer.Ok().GetProperty("data")[0].GetProperty("id").GetString());
        Assert.Equal("wait=30", answer.Header("Preference-Applied"));
    }

    [Fact]
    public async Task Wakes_when_a_deployment_is_archived()
    {
        await using var cloud = await TestCloud.StartAsync();
        var device = await cloud.AddDeviceAsync("robot-1");
        var deployment = await cloud.DeployAsync(await cloud.PublishAsync("v1"), device.Id);
        var poll = device.PollAsync((await device.GetAsync("/deployments")).ETag, 30);
        await cloud.Time.PendingAsync(1);

        (await cloud.AdminAsync(HttpMethod.Post, $"/deployments/{deployment}/archive")).Ok();

        Assert.Equal("archived", (await poll).Ok().GetProperty("data")[0].GetProperty("target_status").GetString());
    }

    [Fact]
    public async Task Answers_304_when_the_time_is_over()
    {
        await using var cloud = await TestCloud.StartAsync();
        var device = await cloud.AddDeviceAsync("robot-1");
        var etag = (await device.GetAsync("/deployments")).ETag;
        var poll = device.PollAsync(etag, 30);
        await cloud.Time.PendingAsync(1);

        cloud.Time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(poll.IsCompleted);
        cloud.Time.Advance(TimeSpan.FromSeconds(1));

        var answer = await poll;
        Assert.Equal(HttpStatusCode.NotModified, answer.Status);
        Assert.Equal((etag, "wait=30"), (answer.ETag, answer.Header("Preference-Applied")));
        Assert.Empty(answer.Body);
    }

    [Fact]
    public async Task Sleeps_on_when_the_device_itself_reports()
    {
        await using var cloud = await TestCloud.StartAsync();
        var device = await cloud.AddDeviceAsync("robot-1");
        var deployment = await cloud.DeployAsync(await cloud.PublishAsync("v1"), device.Id);
        var poll = device.PollAsync((await device.GetAsync("/deployments")).ETag, 30);
        await cloud.Time.PendingAsync(1);

        (await device.PatchAsync($"/deployments/{deployment}", new { activity_status = "deployed" })).Ok();
        (await device.PatchAsync($"/devices/{device.Id}", new { agent_version = "v0.2.0" })).Ok();
        cloud.Time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(HttpStatusCode.NotModified, (await poll).Status);
    }

    [Fact]
    public async Task Sleeps_on_when_another_device_gets_something()
    {
        await using var cloud = await TestCloud.StartAsync();
        var device = await cloud.AddDeviceAsync("robot-1");
        var other = await cloud.AddDeviceAsync("robot-2");
        var poll = device.PollAsync((await device.GetAsync("/deployments")).ETag, 30);
        await cloud.Time.PendingAsync(1);

        await cloud.DeployAsync(await cloud.PublishAsync("v1"), other.Id);
        cloud.Time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(HttpStatusCode.NotModified, (await poll).Status);
    }

    [Fact]
    public async Task Archiving_what_is_archived_wakes_nobody_twice()
    {
        await using var cloud = await TestCloud.StartAsync();
        var device = await cloud.AddDeviceAsync("robot-1");
        var deployment = await cloud.DeployAsync(await cloud.PublishAsync("v1"), device.Id);
        (await cloud.AdminAsync(HttpMethod.Post, $"/deployments/{deployment}/archive")).Ok();
        var before = (await device.GetAsync("/deployments")).ETag;

        (await cloud.AdminAsync(HttpMethod.Post, $"/deployments/{deployment}/archive")).Ok();

        Assert.Equal(before, (await device.GetAsync("/deployments")).ETag);
    }

    [Theory]
    [InlineData("wait=3600", "wait=60")]
    [InlineData("respond-async, wait=20", "wait=20")]
    [InlineData("wait=0", "wait=0")]
    [InlineData("wait", null)]
    [InlineData("wait=soon", null)]
    [InlineData("wait=-1", null)]
    public async Task Says_which_wait_it_grants(string prefer, string? applied)
    {
        await using var cloud = await TestCloud.StartAsync();
        var device = await cloud.AddDeviceAsync("robot-1");

        var answer = await device.GetAsync("/deployments", ("Prefer", prefer));

        answer.Ok();
        Assert.Equal(applied, answer.Header("Preference-Applied"));
    }

    [Fact]
    public async Task A_known_etag_without_a_wait_is_answered_304_at_once()
    {
        await using var cloud = await TestCloud.StartAsync();
        var device = await cloud.AddDeviceAsync("robot-1");
        var etag = (await device.GetAsync("/deployments")).ETag;

        Assert.Equal(HttpStatusCode.NotModified, (await device.GetAsync("/deployments", ("If-None-Match", etag))).Status);
        Assert.Equal(HttpStatusCode.NotModified, (await device.PollAsync(etag, 0)).Status);
        Assert.Equal(HttpStatusCode.NotModified, (await device.GetAsync("/deployments", ("If-None-Match", $"\"x\", {etag}"))).Status);
    }

    [Fact]
    public async Task The_oldest_of_too_many_waits_makes_room()
    {
        await using var cloud = await TestCloud.StartAsync();
        var device = await cloud.AddDeviceAsync("robot-1");
        var etag = (await device.GetAsync("/deployments")).ETag;
        var oldest = device.PollAsync(etag, 30);
        await cloud.Time.PendingAsync(1);
        var younger = new List<Task<Answer>>();
        for (var i = 0; i < 4; i++)
        {
            younger.Add(device.PollAsync(etag, 30));
            await cloud.Time.PendingAsync(Math.Min(i + 2, 4));
        }

        Assert.Equal(HttpStatusCode.NotModified, (await oldest).Status);
        Assert.DoesNotContain(younger, poll => poll.IsCompleted);
        cloud.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.All(await Task.WhenAll(younger), answer => Assert.Equal(HttpStatusCode.NotModified, answer.Status));
    }

    [Fact]
    public async Task Waits_end_when_the_server_stops()
    {
        await using var cloud = await TestCloud.StartAsync();
        var device = await cloud.AddDeviceAsync("robot-1");
        var poll = device.PollAsync((await device.GetAsync("/deployments")).ETag, 60);
        await cloud.Time.PendingAsync(1);

        await cloud.StopAsync();

        Assert.Equal(HttpStatusCode.NotModified, (await poll).Status);
    }

    [Fact]
    public async Task A_wait_ends_with_its_session()
    {
        await using var cloud = await TestCloud.StartAsync();
        var device = await cloud.AddDeviceAsync("robot-1");
        var poll = device.PollAsync((await device.GetAsync("/deployments")).ETag, 60);
        await cloud.Time.PendingAsync(1);

        (await cloud.AgentAsync(
            HttpMethod.Post, "/devices/reprovision", await cloud.MintAsync("robot-1"), new { public_key_pem = cloud.NewKey().Pem, agent_version = "v1" })).Ok();

        (await poll).Refused(HttpStatusCode.Unauthorized, "session_revoked");
    }
}
