using Miru.Agent.Configs;
using Miru.Agent.Hosting;
using Miru.Agent.Tests.Doubles;
using Xunit;

namespace Miru.Agent.Tests.Scenarios;

public sealed class RollbackTests
{
    [Fact]
    public async Task A_running_agent_goes_back_without_the_cloud_and_forward_with_the_next_deployment()
    {
        var (scenario, _) = await Scenario.RunningAsync("miru.cloud.poll-interval = 2s");
        await using var _1 = scenario;
        await using var application = await scenario.ConnectAsync();
        await scenario.PublishAsync(Configs.Motion(1));
        var first = await application.HasAsync(Configs.Motion(1), scenario.Deadline);
        await scenario.PublishAsync(Configs.Motion(2));
        var second = await application.HasAsync(Configs.Motion(2), scenario.Deadline);
        await scenario.StopCloudAsync();

        var (output, error) = (new StringWriter(), new StringWriter());
        var command = new RollbackCommand(Stores.Settings(scenario.Folder.StateDirectory), TimeProvider.System, output, error);
        Assert.Equal((ExitCodes.Success, ""), (await command.RunAsync(null, list: false, scenario.Deadline), error.ToString()));

        var back = await application.HasAsync(Configs.Motion(1), scenario.Deadline);
        Assert.Equal(first.Digest, back.Digest);
        Assert.True(back.Sequence > second.Sequence);

        await scenario.StartCloudAsync();
        await scenario.PublishAsync(Configs.Motion(3));
        await application.HasAsync(Configs.Motion(3), scenario.Deadline);
    }
}
