using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Miru.Agent.Hosting;
using Miru.Agent.Tests.Doubles;
using Quickstart;
using Xunit;

namespace Miru.Agent.Tests.Scenarios;

/// <summary>The agent as a service: what systemd gives it, and what it tells systemd.</summary>
public sealed class ServiceTests
{
    [ToolFact("systemd-socket-activate")]
    public async Task Who_connects_before_the_agent_runs_is_served_and_the_socket_outlives_the_agent()
    {
        await using var scenario = await Scenario.ProvisionedAsync();
        using var agent = Activate(scenario, "--fdname=miru");
        var output = agent.StandardError.ReadToEndAsync(scenario.Deadline);
        await ExistsAsync(scenario.Folder.SocketPath, scenario.Deadline);

        await using (var application = await scenario.ConnectAsync())
            Assert.Empty(await application.ListAsync(scenario.Deadline));

        Process.Start("kill", ["-TERM", $"{agent.Id}"]).Dispose();
        await agent.WaitForExitAsync(scenario.Deadline);
        Assert.True(agent.ExitCode == 0, await output);
        Assert.True(File.Exists(scenario.Folder.SocketPath));
        Assert.False(File.Exists(scenario.Folder.SocketPath + ".lock"));
    }

    [ToolFact("systemd-socket-activate")]
    public async Task A_socket_of_another_type_is_refused_by_name()
    {
        await using var scenario = await Scenario.ProvisionedAsync();
        using var agent = Activate(scenario, "--datagram");
        var output = agent.StandardError.ReadToEndAsync(scenario.Deadline);
        await ExistsAsync(scenario.Folder.SocketPath, scenario.Deadline);
        using var wake = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        wake.SendTo([1], new UnixDomainSocketEndPoint(scenario.Folder.SocketPath));

        await agent.WaitForExitAsync(scenario.Deadline);

        Assert.Contains("descriptor 3 is not a listening Unix stream socket; check ListenStream=", await output);
        Assert.Equal(ExitCodes.SocketRefused, agent.ExitCode);
    }

    [Fact]
    public async Task Systemd_hears_that_the_agent_serves_lives_and_stops()
    {
        using var directory = new TemporaryDirectory();
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        systemd.Bind(new UnixDomainSocketEndPoint(directory.File("notify")));
        await using var scenario = await Scenario.ProvisionedAsync();
        var agent = scenario.StartAgent(null, ("NOTIFY_SOCKET", directory.File("notify")), ("WATCHDOG_USEC", "200000"));

        Assert.Equal($"READY=1\nSTATUS=serving 0 configs on {scenario.Folder.SocketPath}", await HearAsync());
        Assert.Equal("WATCHDOG=1", await HearAsync());
        Assert.Equal("WATCHDOG=1", await HearAsync());
        var stopped = agent.StopAsync();
        string heard;
        while ((heard = await HearAsync()) == "WATCHDOG=1")
        {
        }

        Assert.Equal("STOPPING=1", heard);
        Assert.Equal(0, await stopped);

        async Task<string> HearAsync()
        {
            var buffer = new byte[4096];
            return Encoding.UTF8.GetString(buffer, 0, await systemd.ReceiveAsync(buffer, scenario.Deadline));
        }
    }

    private static Process Activate(Scenario scenario, string option)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(scenario.Folder.SocketPath)!);
        return Process.Start(new ProcessStartInfo("systemd-socket-activate")
        {
            ArgumentList =
            {
                "--setenv=HOME", "--setenv=PATH", "--setenv=DOTNET_ROOT", option, $"--listen={scenario.Folder.SocketPath}",
                "dotnet", BuildMetadata.AgentProgram, "run", "--config", scenario.Folder.SettingsFile,
            },
            RedirectStandardError = true,
        })!;
    }

    private static async Task ExistsAsync(string path, CancellationToken deadline)
    {
        using var folder = new FileSystemWatcher(Path.GetDirectoryName(path)!);
        var appeared = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        folder.Created += (_, _) => appeared.TrySetResult();
        folder.EnableRaisingEvents = true;
        if (!File.Exists(path))
            await appeared.Task.WaitAsync(deadline);
    }
}
