using System.Text;
using Miru.Agent.Tests.Doubles;
using Xunit;

namespace Miru.Agent.Tests.Scenarios;

/// <summary>A robot that ran the agent written in Rust.</summary>
public sealed class ChangeOverTests
{
    private const string Text = """{ "max_speed": 1 }""";

    [Fact]
    public async Task Its_configs_are_served_at_once_without_the_cloud_and_its_files_stay()
    {
        await using var scenario = await Scenario.ProvisionedAsync();
        await scenario.StopCloudAsync();
        var path = Path.Combine(scenario.Folder.DeployDirectory, "motion-control.json");
        await File.WriteAllTextAsync(path, Text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        var written = File.GetLastWriteTimeUtc(path);
        var folder = new RustAgentFolder(scenario.Folder.StateDirectory).With("dpl_rust", "deployed", "deployed", (path, Text));
        var kept = await File.ReadAllTextAsync(folder.DeploymentsFile);

        var agent = scenario.StartAgent();
        await using (var application = await scenario.ConnectAsync())
        {
            var config = Assert.Single(await application.ListAsync(scenario.Deadline));
            Assert.Equal(("motion-control", "v1.4.2"), (config.Slug, config.Release));
            Assert.Equal(Text, Encoding.UTF8.GetString((await application.GetAsync("motion-control", scenario.Deadline)).Content.Span));
        }

        Assert.Equal(written, File.GetLastWriteTimeUtc(path));
        Assert.Equal(kept, await File.ReadAllTextAsync(folder.DeploymentsFile));

        // Once: from now on its files are the past.
        await agent.StopAsync();
        await scenario.StartCloudAsync();
        scenario.StartAgent();
        await using var later = await scenario.ConnectAsync();
        await scenario.PublishAsync(Configs.Motion(2));
        await later.HasAsync(Configs.Motion(2), scenario.Deadline);
        Assert.Equal(Configs.Motion(2).Content, await File.ReadAllBytesAsync(path));
    }

    [Fact]
    public async Task What_cannot_be_taken_over_does_not_keep_the_agent_from_starting()
    {
        await using var scenario = await Scenario.ProvisionedAsync();
        var folder = new RustAgentFolder(scenario.Folder.StateDirectory).With("dpl_rust", "deployed", "deployed", ("/srv/miru/a.json", Text));
        await File.WriteAllTextAsync(folder.DeploymentsFile, "{ ");
        scenario.StartAgent();

        await using var application = await scenario.ConnectAsync();
        Assert.Empty(await application.ListAsync(scenario.Deadline));

        await scenario.PublishAsync(Configs.Motion(1));
        await application.HasAsync(Configs.Motion(1), scenario.Deadline);
    }
}
