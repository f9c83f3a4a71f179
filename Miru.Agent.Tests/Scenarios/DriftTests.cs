using Miru.Agent.Configs;
using Miru.Agent.Tests.Doubles;
using Miru.Sdk;
using Newtonsoft.Json.Linq;
using Quickstart;
using Xunit;

namespace Miru.Agent.Tests.Scenarios;

/// <summary>Somebody changes deployed files behind the real agent's back.</summary>
public sealed class DriftTests
{
    [Fact]
    public async Task A_changed_file_is_reported_left_as_it_is_and_everything_else_goes_on()
    {
        var (scenario, agent) = await Scenario.RunningAsync();
        await using var _1 = scenario;
        await using var application = await scenario.ConnectAsync();
        await scenario.PublishAsync(Configs.Motion(1));
        var deployed = await application.HasAsync(Configs.Motion(1), scenario.Deadline);
        var path = Assert.Single(Directory.GetFiles(scenario.Folder.DeployDirectory));

        await File.WriteAllTextAsync(path, "by hand");

        var drift = await DriftAsync(application, count: 1, scenario.Deadline);
        Assert.Equal((path, "changed"), ((string?)drift["files"]![0]!["path"], (string?)drift["files"]![0]!["kind"]));
        Assert.Equal("by hand", await File.ReadAllTextAsync(path));
        Assert.Equal(deployed.Digest, application.Current(deployed.Slug)!.Digest);

        await File.WriteAllBytesAsync(path, deployed.Content.ToArray());
        await DriftAsync(application, count: 0, scenario.Deadline);
        await agent.StopAsync();
        Assert.Equal([StoreEventKind.Drifted, StoreEventKind.Repaired], Events(scenario));
    }

    [Fact]
    public async Task Where_repairing_is_wanted_a_changed_or_deleted_file_is_put_back()
    {
        var (scenario, agent) = await Scenario.RunningAsync("miru.deployments { drift = repair, retry-backoff.min = 1s }");
        await using var _1 = scenario;
        await using var application = await scenario.ConnectAsync();
        await scenario.PublishAsync(Configs.Motion(1));
        var deployed = await application.HasAsync(Configs.Motion(1), scenario.Deadline);
        var path = Assert.Single(Directory.GetFiles(scenario.Folder.DeployDirectory));

        await File.WriteAllTextAsync(path, "by hand");
        await HoldsAsync(path, deployed, application, scenario.Deadline);
        Assert.Equal("by hand", await File.ReadAllTextAsync(path + ".miru-changed"));

        File.Delete(path);
        await HoldsAsync(path, deployed, application, scenario.Deadline);

        await agent.StopAsync();
        Assert.Equal([StoreEventKind.Drifted, StoreEventKind.Repaired, StoreEventKind.Drifted, StoreEventKind.Repaired], Events(scenario));
    }

    /// <summary>Asks until so many files have drifted. Each sync takes its time, so the agent has its own.</summary>
    private static async Task<JToken> DriftAsync(MiruClient application, int count, CancellationToken deadline)
    {
        JToken drift;
        do
        {
            await application.SyncAsync(deadline);
            drift = JObject.Parse(await application.GetStatusAsync(deadline))["drift"]!;
        }
        while ((int)drift["count"]! != count);
        return drift;
    }

    private static async Task HoldsAsync(string path, MiruConfig deployed, MiruClient application, CancellationToken deadline)
    {
        while (!File.Exists(path) || !(await File.ReadAllBytesAsync(path, deadline)).AsSpan().SequenceEqual(deployed.Content.Span))
        {
            await application.SyncAsync(deadline);
        }
    }

    private static IEnumerable<StoreEventKind> Events(Scenario scenario)
    {
        using var ledger = Stores.Open(scenario.Folder.StateDirectory);
        return [.. ledger.Events.After(0, 100, StoreEventKind.Drifted, StoreEventKind.Repaired).Select(happened => happened.Kind)];
    }
}
