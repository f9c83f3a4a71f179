using Xunit;

namespace Miru.Agent.Tests.Scenarios;

public sealed class DeliveryTests
{
    [Fact]
    public async Task A_config_published_in_the_cloud_reaches_the_application_and_the_disk_byte_exact()
    {
        var (scenario, _) = await Scenario.RunningAsync();
        await using var _1 = scenario;
        await using var application = await scenario.ConnectAsync();

        var deployment = await scenario.PublishAsync(Configs.Motion(1));

        var config = await application.HasAsync(Configs.Motion(1), scenario.Deadline);
        Assert.Equal(Configs.Motion(1).Digest, config.Digest);
        Assert.Equal("v1", config.Release);
        Assert.Equal(Configs.Motion(1).Content, await File.ReadAllBytesAsync(config.Path!, scenario.Deadline));
        Assert.Equal("deployed", await scenario.OutcomeAsync(deployment));
        Assert.Equal(config.Digest, (await application.GetAsync("motion-control", scenario.Deadline)).Digest);
    }

    [Fact]
    public async Task Two_applications_each_get_every_change()
    {
        var (scenario, _) = await Scenario.RunningAsync();
        await using var _1 = scenario;
        await using var navigation = await scenario.ConnectAsync("navigation");
        await using var safety = await scenario.ConnectAsync("safety");

        for (var speed = 1; speed <= 3; speed++)
        {
            await scenario.PublishAsync(Configs.Motion(speed));
            var seen = await Task.WhenAll(
                navigation.HasAsync(Configs.Motion(speed), scenario.Deadline), safety.HasAsync(Configs.Motion(speed), scenario.Deadline));
            Assert.Equal(seen[0].Cursor, seen[1].Cursor);
        }
    }

    [Fact]
    public async Task An_application_that_comes_back_finds_what_changed_meanwhile()
    {
        var (scenario, _) = await Scenario.RunningAsync();
        await using var _1 = scenario;
        await scenario.PublishAsync(Configs.Motion(1));
        await using (var first = await scenario.ConnectAsync())
            await first.HasAsync(Configs.Motion(1), scenario.Deadline);
        var meanwhile = await scenario.PublishAsync(Configs.Motion(2));
        Assert.Equal("deployed", await scenario.OutcomeAsync(meanwhile));

        await using var second = await scenario.ConnectAsync();

        Assert.Equal(Configs.Motion(2).Digest, second.Current("motion-control")?.Digest);
    }

    [Fact]
    public async Task A_config_that_the_next_release_lacks_leaves_the_snapshot_and_the_disk()
    {
        var (scenario, _) = await Scenario.RunningAsync();
        await using var _1 = scenario;
        await using var application = await scenario.ConnectAsync();
        var lidar = Configs.Json("lidar", """{ "range": 30 }""");
        await scenario.PublishAsync(Configs.Motion(1), lidar);
        var path = (await application.HasAsync(lidar, scenario.Deadline)).Path!;

        var without = await scenario.PublishAsync(Configs.Motion(1));

        await application.LacksAsync("lidar", scenario.Deadline);
        Assert.NotNull(application.Current("motion-control"));
        Assert.Equal("deployed", await scenario.OutcomeAsync(without));
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task A_deployment_of_many_configs_is_never_seen_half()
    {
        var (scenario, _) = await Scenario.RunningAsync();
        await using var _1 = scenario;
        await using var application = await scenario.ConnectAsync();
        string[] slugs = [.. Enumerable.Range(0, 20).Select(n => $"part-{n}")];
        var rounds = new HashSet<string>();

        for (var round = 0; round < 5; round++)
            await scenario.PublishAsync([.. slugs.Select(slug => Configs.Json(slug, $$"""{ "round": {{round}} }"""))]);

        await foreach (var snapshot in application.WatchSnapshotsAsync(scenario.Deadline))
        {
            var texts = slugs.Select(snapshot.Find).Where(config => config is not null).Select(config => config!.Text).ToList();
            if (texts.Count == 0)
                continue;
            Assert.Equal(slugs.Length, texts.Count);
            rounds.Add(Assert.Single(texts.Distinct()));
            if (texts[0].Contains("4"))
                break;
        }
        Assert.NotEmpty(rounds);
    }
}
