using System.Diagnostics;
using System.Reflection;
using Miru.Cloud;
using Quickstart;

namespace Miru.Benchmarks.Link.Peers;

/// <summary>The agent under test: the real program as its own process, with one config of 1 KiB that came the real way, from a control plane.</summary>
internal sealed class AgentServer : IAsyncDisposable
{
    public const string Slug = "benchmark";
    public const int ContentSize = 1024;
    private const string AdminKey = "benchmark-admin-key";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly CloudServer _cloud;
    private readonly AgentFolder _folder;
    private Process? _process;

    private AgentServer(CloudServer cloud, AgentFolder folder)
    {
        _cloud = cloud;
        _folder = folder;
    }

    public string SocketPath => _folder.SocketPath;

    public int Id => _process?.Id ?? throw new InvalidOperationException("the agent does not run");

    /// <summary>Provisions a device, deploys the config to it, and stops the agent again.</summary>
    public static async Task<AgentServer> PrepareAsync(string root)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        var cloud = await CloudServer.StartAsync(new CloudOptions { Urls = "http://127.0.0.1:0", DataDirectory = Path.Combine(root, "cloud"), AdminKey = AdminKey });
        // Hundreds of clients of one user are the measurement here, not a fault.
        var folder = AgentFolder.Create(Path.Combine(root, "agent"), cloud.BaseAddress, "miru.link { max-connections = 2048, max-connections-per-user = 2048 }\nmiru.log.level = warning");
        var agent = new AgentServer(cloud, folder);
        using var admin = new AdminClient(cloud.BaseAddress, AdminKey);
        await AgentProcess.ProvisionAsync(folder, await admin.NewProvisioningTokenAsync(deadline.Token), deadline.Token);
        await agent.StartAsync(core: null);
        var config = new ConfigFile($"{Slug}.txt", [.. Enumerable.Repeat((byte)'x', ContentSize)]);
        var release = await admin.ReleaseAsync("v1.0.0", [config], folder.DeployDirectory, deadline.Token);
        var deployment = await admin.DeployAsync(release, deadline.Token);
        await admin.AwaitStatusAsync(deployment, status => status == "deployed", deadline.Token);
        return agent;
    }

    /// <summary>Starts it anew, on one core or on any, and waits until it serves.</summary>
    public async Task StartAsync(int? core)
    {
        await StopAsync();
        _process = Executable.Start(core, "dotnet", Program(), "run", "--config", _folder.SettingsFile);
        await Readiness.AwaitSocketAsync(SocketPath, _process);
    }

    public async Task StopAsync()
    {
        if (_process is null)
            return;
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _cloud.DisposeAsync();
    }

    private static string Program() => Path.GetFullPath(
        typeof(AgentServer).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "AgentProgram").Value!);
}
