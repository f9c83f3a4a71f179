using Miru.Cloud;
using Miru.Sdk;
using Quickstart;

namespace Miru.Agent.Tests.Scenarios;

/// <summary>
/// The real processes over the real socket: a control plane in this process, agents as processes of their own, applications on the SDK.
/// Every wait is for an event and ends with <see cref="Deadline"/>.
/// </summary>
internal sealed class Scenario : IAsyncDisposable
{
    private const string AdminKey = "scenario-admin-key";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _deadline = new(Patience);
    private readonly string _root = Directory.CreateTempSubdirectory("miru-scenario-").FullName;
    private readonly List<AgentProcess> _agents = [];
    private readonly CloudOptions _options;
    private CloudServer? _cloud;
    private AdminClient? _admin;
    private int _releases;

    private Scenario(TimeSpan tokenLifetime) => _options = new CloudOptions
    {
        Urls = "http://127.0.0.1:0",
        DataDirectory = Path.Combine(_root, "cloud"),
        AdminKeys = [AdminKey],
        DeviceTokenLifetime = tokenLifetime,
    };

    public CancellationToken Deadline => _deadline.Token;

    /// <summary>For a scenario of many steps: each has as much time as others have for everything.</summary>
    public void RenewDeadline() => _deadline.CancelAfter(Patience);

    public AdminClient Admin => _admin!;

    public AgentFolder Folder { get; private set; } = null!;

    /// <summary>A control plane and a provisioned device whose agent is not running yet.</summary>
    public static async Task<Scenario> ProvisionedAsync(string settings = "", TimeSpan? tokenLifetime = null)
    {
        var scenario = new Scenario(tokenLifetime ?? TimeSpan.FromHours(1));
        await ProvisionedPair.CopyToAsync(scenario._options.DataDirectory, Path.Combine(scenario._root, "agent"));
        await scenario.StartCloudAsync();
        scenario.Folder = scenario.NewFolder("agent", settings);
        return scenario;
    }

    /// <summary>The same with the agent running.</summary>
    public static async Task<(Scenario Scenario, AgentProcess Agent)> RunningAsync(string settings = "", TimeSpan? tokenLifetime = null)
    {
        var scenario = await ProvisionedAsync(settings, tokenLifetime);
        return (scenario, scenario.StartAgent());
    }

    public AgentFolder NewFolder(string name, string settings = "") => AgentFolder.Create(Path.Combine(_root, name), _cloud!.BaseAddress, settings);

    public AgentProcess StartAgent(AgentFolder? folder = null, params (string Name, string Value)[] environment)
    {
        var agent = AgentProcess.Start(folder ?? Folder, environment);
        _agents.Add(agent);
        return agent;
    }

    /// <summary>Starts the control plane, at the address it had before if there was one.</summary>
    public async Task StartCloudAsync()
    {
        _cloud = await CloudServer.StartAsync(_options with { Urls = _cloud?.BaseAddress.ToString().TrimEnd('/') ?? _options.Urls }, Deadline);
        _admin?.Dispose();
        _admin = new AdminClient(_cloud.BaseAddress, AdminKey);
    }

    public async Task StopCloudAsync() => await _cloud!.DisposeAsync();

    public Task<MiruClient> ConnectAsync(string name = "navigation") => MiruClient.ConnectAsync(
        new MiruClientOptions { SocketPath = Folder.SocketPath, ApplicationName = name, ConnectTimeout = TimeSpan.FromSeconds(30) }, Deadline);

    /// <summary>Publishes files as one release and deploys it.</summary>
    /// <returns>The deployment's id.</returns>
    public async Task<string> PublishAsync(params ConfigFile[] files)
    {
        var release = await Admin.ReleaseAsync($"v{++_releases}", files, Folder.DeployDirectory, Deadline);
        return await Admin.DeployAsync(release, Deadline);
    }

    /// <summary>The deployment's status once it is settled: no longer queued.</summary>
    public Task<string> OutcomeAsync(string deployment) => Admin.AwaitStatusAsync(deployment, status => status is not ("queued" or "staged"), Deadline);

    public async ValueTask DisposeAsync()
    {
        foreach (var agent in _agents)
            await agent.DisposeAsync();
        _admin?.Dispose();
        if (_cloud is not null)
            await _cloud.DisposeAsync();
        Directory.Delete(_root, recursive: true);
        _deadline.Dispose();
    }
}
