using Xunit;

namespace Miru.Agent.Tests.Cloud.ControlPlane;

public sealed class PresenceTests
{
    [Fact]
    public async Task A_device_is_online_for_sixty_seconds_after_it_was_seen()
    {
        await using var cloud = await TestCloud.StartAsync();
        var device = await cloud.AddDeviceAsync("robot-1");
        var seen = cloud.Time.GetUtcNow();
        Assert.Equal("online", (await device.GetAsync("/device")).Ok().GetProperty("status").GetString());

        cloud.Time.Advance(TimeSpan.FromSeconds(60));
        var last = await AdminViewAsync(device);
        cloud.Time.Advance(TimeSpan.FromSeconds(1));
        var gone = await AdminViewAsync(device);

        Assert.Equal(("online", null), last);
        Assert.Equal(("offline", seen), gone);
    }

    [Fact]
    public async Task Coming_back_is_a_new_connection()
    {
        await using var cloud = await TestCloud.StartAsync();
        var device = await cloud.AddDeviceAsync("robot-1");
        var first = (await device.GetAsync("/device")).Ok().GetProperty("last_connected_at").GetDateTimeOffset();

        cloud.Time.Advance(TimeSpan.FromSeconds(30));
        var meanwhile = (await device.GetAsync("/device")).Ok();
        cloud.Time.Advance(TimeSpan.FromSeconds(61));
        var back = (await device.GetAsync("/device")).Ok();

        Assert.Equal(first, meanwhile.GetProperty("last_connected_at").GetDateTimeOffset());
        Assert.Equal(cloud.Time.GetUtcNow(), back.GetProperty("last_connected_at").GetDateTimeOffset());
        Assert.Equal(first.AddSeconds(30), back.GetProperty("last_disconnected_at").GetDateTimeOffset());
    }

    [Fact]
    public async Task A_device_that_waits_is_online_and_was_seen_when_its_wait_ended()
    {
        await using var cloud = await TestCloud.StartAsync();
        var device = await cloud.AddDeviceAsync("robot-1");
        var poll = device.PollAsync((await device.GetAsync("/deployments")).ETag, 60);
        await cloud.Time.PendingAsync(1);

        cloud.Time.Advance(TimeSpan.FromSeconds(60));
        await poll;
        cloud.Time.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal(("online", null), await AdminViewAsync(device));
    }

    [Fact]
    public async Task The_end_of_a_long_wait_is_not_a_new_connection()
    {
        await using var cloud = await TestCloud.StartAsync();
        var device = await cloud.AddDeviceAsync("robot-1");
        var first = (await device.GetAsync("/device")).Ok().GetProperty("last_connected_at").GetDateTimeOffset();
        var poll = device.PollAsync((await device.GetAsync("/deployments")).ETag, 60);
        await cloud.Time.PendingAsync(1);

        cloud.Time.Advance(TimeSpan.FromSeconds(61));
        await poll;

        Assert.Equal(first, (await device.GetAsync("/device")).Ok().GetProperty("last_connected_at").GetDateTimeOffset());
    }

    [Fact]
    public async Task A_restart_remembers_who_was_there()
    {
        await using var cloud = await TestCloud.StartAsync();
        var device = await cloud.AddDeviceAsync("robot-1");
        (await device.GetAsync("/device")).Ok();
        cloud.Time.Advance(TimeSpan.FromSeconds(30));
        (await device.GetAsync("/device")).Ok();
        var seen = cloud.Time.GetUtcNow();
        await cloud.StopAsync();

        await using var restarted = await TestCloud.StartAsync(cloud.Directory, cloud.Time);
        cloud.Time.Advance(TimeSpan.FromSeconds(60));
        var still = await AdminViewAsync(device with { Cloud = restarted });
        cloud.Time.Advance(TimeSpan.FromSeconds(1));
        var gone = await AdminViewAsync(device with { Cloud = restarted });

        Assert.Equal(("online", null), still);
        Assert.Equal(("offline", seen), gone);
    }

    private static async Task<(string? Status, DateTimeOffset? LastDisconnectedAt)> AdminViewAsync(TestDevice device)
    {
        var seen = (await device.Cloud.AdminAsync(HttpMethod.Get, $"/devices/{device.Id}")).Ok();
        var disconnected = seen.GetProperty("last_disconnected_at");
        return (seen.GetProperty("status").GetString(), disconnected.GetString() is null ? null : disconnected.GetDateTimeOffset());
    }
}
