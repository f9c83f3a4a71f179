using Miru.Sdk;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Miru.Agent.Tests.Scenarios;

/// <summary>What the agent says of itself, end to end.</summary>
public sealed class StatusTests
{
    [Fact]
    [Trait("Clause", "sync-1")]
    [Trait("Clause", "status-1")]
    public async Task A_sync_brings_what_the_cloud_wants_and_the_status_says_why_it_is_not_in_place()
    {
        // Neither push nor poll: only the sync can have brought it.
        var (scenario, _) = await Scenario.RunningAsync("miru.cloud { push-wait = 0s, poll-interval = 1h }");
        await using var _1 = scenario;
        await using var application = await scenario.ConnectAsync();
        await application.SyncAsync(scenario.Deadline);
        var release = await scenario.Admin.ReleaseAsync("v1", [Configs.Motion(1)], "/nowhere/allowed", scenario.Deadline);
        var deployment = await scenario.Admin.DeployAsync(release, scenario.Deadline);

        await application.SyncAsync(scenario.Deadline);

        var status = JObject.Parse(await application.GetStatusAsync(scenario.Deadline));
        while (status["deployments"]![0]!["error"]!.ToString() == "none")
            status = JObject.Parse(await application.GetStatusAsync(scenario.Deadline));
        Assert.Equal(deployment, (string?)status["deployments"]![0]!["id"]);
        Assert.StartsWith("path_not_allowed: ", (string?)status["deployments"]![0]!["reason"]);
        Assert.Equal("reachable", (string?)status["cloud"]!["state"]);
        Assert.Equal("navigation", (string?)status["applications"]!["connected"]![0]!["app"]);
    }

    [Fact]
    [Trait("Clause", "sync-1")]
    public async Task A_sync_without_a_cloud_says_that_it_cannot_be_reached()
    {
        var (scenario, _) = await Scenario.RunningAsync();
        await using var _1 = scenario;
        await using var application = await scenario.ConnectAsync();
        await scenario.StopCloudAsync();

        var failed = await Assert.ThrowsAsync<MiruUnavailableException>(() => application.SyncAsync(scenario.Deadline));

        Assert.Contains("cannot be reached", failed.Message);
        await scenario.StartCloudAsync();
    }
}
