using System.Diagnostics;
using Xunit;

namespace Miru.Agent.Tests.Scenarios;

public sealed class CloudOutageTests
{
    [Fact]
    public async Task A_cloud_that_goes_and_comes_back_delivers_again_and_nobody_loses_what_they_had()
    {
        // A device that loses its cloud asks again at a random moment of one interval; the usual minute is the scenario's whole deadline.
        var (scenario, _) = await Scenario.RunningAsync("miru.cloud.poll-interval = 2s");
        await using var _1 = scenario;
        await using var application = await scenario.ConnectAsync();
        await scenario.PublishAsync(Configs.Motion(1));
        await application.HasAsync(Configs.Motion(1), scenario.Deadline);

        await scenario.StopCloudAsync();
        Assert.Equal(Configs.Motion(1).Digest, (await application.GetAsync("motion-control", scenario.Deadline)).Digest);
        await scenario.StartCloudAsync();

        await scenario.PublishAsync(Configs.Motion(2));
        await application.HasAsync(Configs.Motion(2), scenario.Deadline);
    }

    [Fact]
    public async Task An_agent_without_a_cloud_starts_and_serves()
    {
        await using var scenario = await Scenario.ProvisionedAsync();
        await scenario.StopCloudAsync();
        scenario.StartAgent();

        await using var application = await scenario.ConnectAsync();

        Assert.Empty(await application.ListAsync(scenario.Deadline));
        await scenario.StartCloudAsync();
    }

    [Fact]
    public async Task A_device_token_that_expires_is_renewed_without_a_gap()
    {
        var lifetime = TimeSpan.FromSeconds(1);
        var (scenario, _) = await Scenario.RunningAsync(tokenLifetime: lifetime);
        await using var _1 = scenario;
        await using var application = await scenario.ConnectAsync();
        var started = Stopwatch.GetTimestamp();

        for (var speed = 1; Stopwatch.GetElapsedTime(started) < 3 * lifetime; speed++)
        {
            await scenario.PublishAsync(Configs.Motion(speed));
            await application.HasAsync(Configs.Motion(speed), scenario.Deadline);
        }
    }
}
