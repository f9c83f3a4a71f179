using System.Net.Sockets;
using Quickstart;
using Xunit;

namespace Miru.Agent.Tests.Scenarios;

/// <summary>A start that cannot succeed ends with one clear error that says what to check.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task A_second_agent_refuses_to_take_the_first_ones_socket()
    {
        var (scenario, first) = await Scenario.RunningAsync();
        await using var _1 = scenario;
        await using var application = await scenario.ConnectAsync();
        var other = scenario.NewFolder("other", $$"""miru { socket { path = "{{scenario.Folder.SocketPath}}" } }""");

        var error = await FailsAsync(scenario, other);

        Assert.Contains(scenario.Folder.SocketPath, error);
        Assert.False(first.HasExited);
        Assert.Empty(await application.ListAsync(scenario.Deadline));
    }

    [Fact]
    public async Task A_second_agent_refuses_to_share_the_first_ones_state()
    {
        var (scenario, _) = await Scenario.RunningAsync();
        await using var _1 = scenario;
        await using var application = await scenario.ConnectAsync();
        var other = scenario.NewFolder("other", $$"""miru { state-directory = "{{scenario.Folder.StateDirectory}}" }""");

        Assert.Contains(scenario.Folder.StateDirectory, await FailsAsync(scenario, other));
    }

    [Fact]
    public async Task The_socket_of_a_dead_agent_is_replaced()
    {
        var (scenario, agent) = await Scenario.RunningAsync();
        await using var _1 = scenario;
        await using (await scenario.ConnectAsync())
            await agent.KillAsync();
        Assert.True(File.Exists(scenario.Folder.SocketPath));

        scenario.StartAgent();

        await using var application = await scenario.ConnectAsync();
        Assert.Empty(await application.ListAsync(scenario.Deadline));
    }

    [Theory]
    [InlineData("miru { link { heartbeat-intervall = 5s } }", "heartbeat-intervall", "heartbeat-interval")]
    [InlineData("miru { link { heartbeat-interval = 5 } }", "heartbeat-interval", "unit")]
    [InlineData("miru { link { heartbeat-interval = 5days } }", "heartbeat-interval", "")]
    [InlineData("miru { link ", "agent.conf", "")]
    public async Task A_wrong_setting_stops_the_start_and_is_named(string settings, string key, string reason)
    {
        await using var scenario = await Scenario.ProvisionedAsync();
        var folder = scenario.NewFolder("wrong", settings);

        var error = await FailsAsync(scenario, folder);

        Assert.Contains(key, error);
        Assert.Contains(reason, error);
    }

    [Fact]
    public async Task A_settings_file_that_is_not_there_is_named()
    {
        await using var scenario = await Scenario.ProvisionedAsync();
        var folder = scenario.NewFolder("absent");
        File.Delete(folder.SettingsFile);

        Assert.Contains(folder.SettingsFile, await FailsAsync(scenario, folder));
    }

    [Fact]
    public async Task A_malformed_frame_is_answered_and_disturbs_nobody_else()
    {
        var (scenario, agent) = await Scenario.RunningAsync();
        await using var _1 = scenario;
        await using var application = await scenario.ConnectAsync();
        using var hostile = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await hostile.ConnectAsync(new UnixDomainSocketEndPoint(scenario.Folder.SocketPath), scenario.Deadline);

        await hostile.SendAsync(new byte[] { 0, 0xff, 0xff, 0xff, 1, 2, 3, 4 }, scenario.Deadline);
        var answer = await ReadToEndAsync(hostile, scenario.Deadline);

        Assert.Contains("frame-2", answer);
        await scenario.PublishAsync(Configs.Motion(1));
        await application.HasAsync(Configs.Motion(1), scenario.Deadline);
        Assert.False(agent.HasExited);
    }

    /// <summary>Runs an agent that must end by itself, and gives what it printed.</summary>
    private static async Task<string> FailsAsync(Scenario scenario, AgentFolder folder)
    {
        var agent = scenario.StartAgent(folder);
        var (exitCode, output) = await agent.ExitAsync(scenario.Deadline);
        Assert.NotEqual(0, exitCode);
        return output;
    }

    private static async Task<string> ReadToEndAsync(Socket socket, CancellationToken deadline)
    {
        var buffer = new byte[4096];
        var text = "";
        while (await socket.ReceiveAsync(buffer, deadline) is > 0 and var read)
            text += System.Text.Encoding.UTF8.GetString(buffer, 0, read);
        return text;
    }
}
