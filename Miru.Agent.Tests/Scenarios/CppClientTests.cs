using Miru.Agent.Tests.Doubles;
using Xunit;

namespace Miru.Agent.Tests.Scenarios;

/// <summary>The protocol as somebody else implements it, against the real agent.</summary>
public sealed class CppClientTests
{
    [CompilerFact]
    public async Task It_gets_the_exact_bytes_and_hears_what_is_missing()
    {
        var (scenario, _) = await Scenario.RunningAsync();
        await using var _1 = scenario;
        await using (var application = await scenario.ConnectAsync())
        {
            await scenario.PublishAsync(Configs.Motion(1));
            await application.HasAsync(Configs.Motion(1), scenario.Deadline);
        }

        var found = await CppClient.RunAsync(scenario.Folder.SocketPath, scenario.Deadline, "get", "motion-control");
        Assert.Equal(Configs.Motion(1).Content, found.Output);
        Assert.Equal((0, ""), (found.ExitCode, found.Errors));

        var missing = await CppClient.RunAsync(scenario.Folder.SocketPath, scenario.Deadline, "get", "gripper");
        Assert.Equal((1, 0), (missing.ExitCode, missing.Output.Length));
        Assert.Contains("config_not_found", missing.Errors, StringComparison.Ordinal);
    }

    [CompilerFact]
    public async Task It_sees_updates_and_removals_and_lives_through_a_restart_of_the_agent()
    {
        var (scenario, agent) = await Scenario.RunningAsync();
        await using var _1 = scenario;
        await using var client = await CppClient.StartAsync(scenario.Folder.SocketPath, "watch", "--all");
        await client.PrintsUntilAsync("synced", scenario.Deadline);
        var lidar = Configs.Json("lidar", """{ "range": 30 }""");

        await scenario.PublishAsync(Configs.Motion(1), lidar);
        var published = await client.PrintsUntilAsync("synced", scenario.Deadline);
        Assert.StartsWith($"changed lidar 1 {lidar.Digest} {lidar.Content.Length}", published[0], StringComparison.Ordinal);
        Assert.Equal("""{ "range": 30 }""", published[1]);
        Assert.StartsWith("changed motion-control 1 ", published[2], StringComparison.Ordinal);

        await scenario.PublishAsync(Configs.Motion(2));
        var updated = await client.PrintsUntilAsync("synced", scenario.Deadline);
        Assert.Equal("removed lidar", updated[0]);
        Assert.StartsWith($"changed motion-control 2 {Configs.Motion(2).Digest} ", updated[1], StringComparison.Ordinal);

        await agent.StopAsync();
        scenario.StartAgent();
        Assert.StartsWith("synced", Assert.Single(await client.PrintsUntilAsync("synced", scenario.Deadline)), StringComparison.Ordinal);
        await scenario.PublishAsync(Configs.Motion(3));
        var resumed = await client.PrintsUntilAsync("synced", scenario.Deadline);
        Assert.StartsWith("changed motion-control ", resumed[0], StringComparison.Ordinal);
    }

    [CompilerFact]
    public async Task It_says_that_there_is_no_agent()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var directory = new TemporaryDirectory();

        var (exitCode, _, errors) = await CppClient.RunAsync(directory.File("miru.sock"), deadline.Token, "get", "motion-control");

        Assert.Equal(1, exitCode);
        Assert.Contains("no agent at", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_no_longer_than_200_lines() =>
        Assert.InRange(File.ReadLines(SourceTree.File("samples", "cpp", "miru.cpp")).Count(), 1, 200);
}
