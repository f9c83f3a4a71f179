using Xunit;

namespace Miru.Agent.Tests.Cloud.ControlPlane;

/// <summary>An operator follows a deployment without polling.</summary>
public sealed class FollowingTests
{
    [Fact]
    public async Task An_operator_who_waits_hears_of_the_devices_report_at_once()
    {
        await using var cloud = await TestCloud.StartAsync();
        var device = await cloud.AddDeviceAsync("robot-1");
        var deployment = await cloud.DeployAsync(await cloud.PublishAsync("v1"), device.Id);
        var known = (await FollowAsync(cloud, deployment, etag: null)).ETag;
        var following = FollowAsync(cloud, deployment, known);
        await cloud.Time.PendingAsync(1);

        (await device.PatchAsync($"/deployments/{deployment}", new { activity_status = "deployed" })).Ok();

        Assert.Equal("deployed", (await following).Ok().GetProperty("status").GetString());
    }

    [Fact]
    public async Task An_operator_who_waits_in_vain_gets_304()
    {
        await using var cloud = await TestCloud.StartAsync();
        var device = await cloud.AddDeviceAsync("robot-1");
        var deployment = await cloud.DeployAsync(await cloud.PublishAsync("v1"), device.Id);
        var following = FollowAsync(cloud, deployment, (await FollowAsync(cloud, deployment, etag: null)).ETag);
        await cloud.Time.PendingAsync(1);

        cloud.Time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(System.Net.HttpStatusCode.NotModified, (await following).Status);
    }

    private static Task<Answer> FollowAsync(TestCloud cloud, string deployment, string? etag) => cloud.SendAsync(
        HttpMethod.Get, $"admin/v1/deployments/{deployment}", TestCloud.AdminKey, body: null,
        etag is null ? [("Prefer", "wait=30")] : [("Prefer", "wait=30"), ("If-None-Match", etag)]);
}
