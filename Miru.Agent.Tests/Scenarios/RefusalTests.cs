using Quickstart;
using Xunit;

namespace Miru.Agent.Tests.Scenarios;

/// <summary>What the agent refuses it says so, and the application keeps what it had.</summary>
public sealed class RefusalTests
{
    private static readonly byte[] NotUtf8 = [0xff, 0xfe, 0x00, 0x7b, 0x80];

    [Fact]
    public async Task Json_that_is_not_json_is_refused_and_the_old_config_stays()
    {
        var (scenario, _) = await Scenario.RunningAsync();
        await using var _1 = scenario;
        await using var application = await scenario.ConnectAsync();
        await scenario.PublishAsync(Configs.Motion(1));
        var good = await application.HasAsync(Configs.Motion(1), scenario.Deadline);

        var refused = await scenario.PublishAsync(new ConfigFile("motion-control.json", NotUtf8));

        Assert.Equal("failed", await scenario.OutcomeAsync(refused));
        Assert.Equal(good.Digest, (await application.GetAsync("motion-control", scenario.Deadline)).Digest);
        Assert.Equal(good.Content.ToArray(), await File.ReadAllBytesAsync(good.Path!, scenario.Deadline));
    }

    [Fact]
    public async Task The_same_bytes_are_delivered_where_the_format_promises_nothing()
    {
        var (scenario, _) = await Scenario.RunningAsync();
        await using var _1 = scenario;
        await using var application = await scenario.ConnectAsync();
        var opaque = new ConfigFile("calibration.bin", NotUtf8);

        await scenario.PublishAsync(opaque);

        Assert.Equal("bin", (await application.HasAsync(opaque, scenario.Deadline)).Format);
    }

    [Fact]
    public async Task A_path_outside_the_allowed_roots_is_refused_and_nothing_is_written()
    {
        var (scenario, _) = await Scenario.RunningAsync();
        await using var _1 = scenario;
        var outside = Path.Combine(scenario.Folder.Root, "elsewhere");

        var release = await scenario.Admin.ReleaseAsync("v1", [Configs.Motion(1)], outside, scenario.Deadline);
        var deployment = await scenario.Admin.DeployAsync(release, scenario.Deadline);

        Assert.Equal("failed", await scenario.OutcomeAsync(deployment));
        Assert.False(Directory.Exists(outside));
    }

    [Fact]
    public async Task A_config_over_the_size_limit_is_refused_and_the_next_good_one_is_delivered()
    {
        var (scenario, _) = await Scenario.RunningAsync("miru { configs { max-config-size = 1KiB } }");
        await using var _1 = scenario;
        await using var application = await scenario.ConnectAsync();

        var tooLarge = await scenario.PublishAsync(Configs.Json("motion-control", $$"""{ "text": "{{new string('x', 2000)}}" }"""));
        Assert.Equal("failed", await scenario.OutcomeAsync(tooLarge));

        await scenario.PublishAsync(Configs.Motion(1));
        await application.HasAsync(Configs.Motion(1), scenario.Deadline);
    }
}
