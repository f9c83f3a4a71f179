using System.Diagnostics;
using System.Globalization;
using Miru.Sdk;
using Xunit;

namespace Miru.Agent.Tests.Scenarios;

public sealed class RestartTests
{
    [Fact]
    public async Task An_agent_restarted_while_the_application_watches_loses_nothing()
    {
        var (scenario, agent) = await Scenario.RunningAsync();
        await using var _1 = scenario;
        await using var application = await scenario.ConnectAsync();
        await scenario.PublishAsync(Configs.Motion(1));
        var before = await application.HasAsync(Configs.Motion(1), scenario.Deadline);

        await agent.StopAsync();
        await application.StateIsAsync(state => state == MiruConnectionState.Stale, scenario.Deadline);
        await scenario.PublishAsync(Configs.Motion(2));
        Assert.Equal(before.Digest, application.Current("motion-control")?.Digest);
        scenario.StartAgent();

        var after = await application.HasAsync(Configs.Motion(2), scenario.Deadline);
        Assert.Equal(before.Cursor.Epoch, after.Cursor.Epoch);
        Assert.True(after.Sequence > before.Sequence);
    }

    [Fact]
    public async Task An_agent_that_was_killed_serves_from_its_disk_without_the_cloud()
    {
        var (scenario, agent) = await Scenario.RunningAsync();
        await using var _1 = scenario;
        await using (var application = await scenario.ConnectAsync())
        {
            await scenario.PublishAsync(Configs.Motion(1));
            await application.HasAsync(Configs.Motion(1), scenario.Deadline);
        }

        await agent.KillAsync();
        await scenario.StopCloudAsync();
        scenario.StartAgent();

        await using var offline = await scenario.ConnectAsync();
        Assert.Equal(Configs.Motion(1).Digest, offline.Current("motion-control")?.Digest);
        await scenario.StartCloudAsync();
    }

    /// <summary>MIRU_RESTARTS says how many; docs/reliability.md reports fifty.</summary>
    [Fact]
    public async Task A_hundred_applications_outlive_restarts_and_deaths_and_have_what_is_newest()
    {
        var (scenario, agent) = await Scenario.RunningAsync();
        await using var _1 = scenario;
        await scenario.PublishAsync(Configs.Motion(1));
        var applications = await Task.WhenAll(Enumerable.Range(1, 100).Select(number => scenario.ConnectAsync($"application-{number}")));
        var last = 1 + int.Parse(Environment.GetEnvironmentVariable("MIRU_RESTARTS") ?? "4", CultureInfo.InvariantCulture);
        for (var version = 2; version <= last; version++)
        {
            scenario.RenewDeadline();
            await (version % 2 == 0 ? agent.StopAsync() : agent.KillAsync());
            await scenario.PublishAsync(Configs.Motion(version));
            agent = scenario.StartAgent();

            await Task.WhenAll(applications.Select(application => application.HasAsync(Configs.Motion(version), scenario.Deadline)));
        }

        Assert.All(applications, application => Assert.Equal(Configs.Motion(last).Digest, application.Current("motion-control")?.Digest));
        foreach (var application in applications)
            await application.DisposeAsync();
    }

    [Fact]
    public async Task A_terminated_agent_ends_in_order_and_in_time()
    {
        var (scenario, agent) = await Scenario.RunningAsync();
        await using var _1 = scenario;
        await using var application = await scenario.ConnectAsync();
        var started = Stopwatch.GetTimestamp();

        var exitCode = await agent.StopAsync();

        Assert.Equal(0, exitCode);
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(3));
        Assert.False(File.Exists(scenario.Folder.SocketPath));
    }
}
