using System.Diagnostics;
using Miru.Benchmarks.Link.Processes;
using Miru.Cloud;
using Quickstart;

namespace Miru.Benchmarks.Link.Peers;

/// <summary>The agent under test: the real program, with one config of 1 KiB that came the real way, from a control plane.</summary>
internal sealed class AgentServer : Server
{
    public const string Slug = "benchmark";
    public const int ContentSize = 1024;
    private const string Program = "miru-agent.dll";
    private const string AdminKey = "benchmark-admin-key";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    // Hundreds of clients of one user are the measurement here, not a fault.
    private const string Settings = """
        miru.link { max-connections = 2048, max-connections-per-user = 2048 }
        miru.log.level = error
        """;

    private readonly string _program;
    private readonly CloudServer _cloud;
    private readonly AgentFolder _folder;

    private AgentServer(string program, CloudServer cloud, AgentFolder folder)
    {
        _program = program;
        _cloud = cloud;
        _folder = folder;
    }

    public string SocketPath => _folder.SocketPath;

    /// <summary>Provisions a device, starts its agent and deploys the config to it.</summary>
    /// <param name="program">This program, published; null for the one that runs.</param>
    public static async Task<AgentServer> PrepareAsync(string root, string? program = null)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        var cloud = await CloudServer.StartAsync(new CloudOptions { Urls = "http://127.0.0.1:0", DataDirectory = Path.Combine(root, "cloud"), AdminKeys = [AdminKey] });
        var folder = AgentFolder.Create(Path.Combine(root, "agent"), cloud.BaseAddress, Settings);
        var agent = new AgentServer(Path.Combine(Path.GetDirectoryName(program ?? Executable.Self)!, Program), cloud, folder);
        using var admin = new AdminClient(cloud.BaseAddress, AdminKey);
        await AgentProcess.ProvisionAsync(folder, await admin.NewProvisioningTokenAsync(deadline.Token), deadline.Token);
        await agent.EnsureAsync(core: null);
        var config = new ConfigFile($"{Slug}.txt", [.. Enumerable.Repeat((byte)'x', ContentSize)]);
        var release = await admin.ReleaseAsync("v1.0.0", [config], folder.DeployDirectory, deadline.Token);
        var deployment = await admin.DeployAsync(release, deadline.Token);
        await admin.AwaitStatusAsync(deployment, status => status == "deployed", deadline.Token);
        return agent;
    }

    /// <summary>A folder of the same settings for another agent, which no device belongs to.</summary>
    public AgentFolder Beside(string name) => AgentFolder.Create(Path.Combine(Path.GetDirectoryName(_folder.Root)!, name), _cloud.BaseAddress, Settings);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _cloud.DisposeAsync();
    }

    protected override Process Launch(int? core) => Executable.Start(core, "dotnet", _program, "run", "--config", _folder.SettingsFile);

    protected override Task ReadyAsync(Process process) => Readiness.AwaitSocketAsync(SocketPath, process);
}
