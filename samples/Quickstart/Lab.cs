using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using Miru.Cloud;
using Miru.Sdk;

namespace Quickstart;

/// <summary>
/// The whole path on one machine: the control plane in this process, the real agent as its own process, and this
/// process as the robot's application. Disposing it leaves nothing behind: no process, no socket, no file.
/// </summary>
internal sealed class Lab : IAsyncDisposable
{
    private const string AdminKey = "quickstart-admin-key";

    private readonly CancellationTokenSource _stopping = new();
    private readonly Channel<Delivery> _deliveries = Channel.CreateBounded<Delivery>(64);
    private readonly List<Task> _watches = [];
    private readonly string _root = Directory.CreateTempSubdirectory("miru-quickstart-").FullName;
    private CloudServer? _cloud;
    private AdminClient? _admin;
    private AgentFolder? _folder;
    private AgentProcess? _agent;
    private MiruClient? _application;
    private int _releases;

    private Lab()
    {
    }

    /// <summary>Configs as the application receives them, in order of arrival.</summary>
    public ChannelReader<Delivery> Deliveries => _deliveries.Reader;

    public static async Task<Lab> StartAsync(IEnumerable<string> slugs, CancellationToken cancellation)
    {
        var lab = new Lab();
        try
        {
            await lab.StartCloudAsync();
            await lab.StartAgentAsync(cancellation);
            await lab.StartApplicationAsync(slugs, cancellation);
            return lab;
        }
        catch (Exception e)
        {
            var log = lab.AgentLog();
            await lab.DisposeAsync();
            throw e is HopFailedException hop && log.Length > 0
                ? new HopFailedException(hop.Hop, $"{hop.Message}{Environment.NewLine}the agent's last words:{Environment.NewLine}{log}", hop)
                : e;
        }
    }

    /// <summary>Publishes all files as one release and deploys it to every device.</summary>
    public Task<Publication> PublishAsync(IReadOnlyList<ConfigFile> files, CancellationToken cancellation) =>
        HopFailedException.Naming("publish (application of the admin API)", async () =>
        {
            var version = string.Create(CultureInfo.InvariantCulture, $"v1.0.{_releases++}");
            var release = await _admin!.ReleaseAsync(version, files, _folder!.DeployDirectory, cancellation);
            var publishedAt = Stopwatch.GetTimestamp();
            var deployment = await _admin.DeployAsync(release, cancellation);
            return new Publication(version, deployment, publishedAt, files);
        });

    /// <summary>Ends when the device has reported that it will not apply the publication.</summary>
    public Task RefusedAsync(Publication publication, CancellationToken cancellation) =>
        _admin!.AwaitStatusAsync(publication.DeploymentId, status => status is "failed", cancellation);

    /// <summary>Which hop a deployment that did not arrive is stuck at, by what the control plane knows of it.</summary>
    public async Task<HopFailedException> ExplainAsync(Publication publication, string what)
    {
        var status = await _admin!.StatusAsync(publication.DeploymentId, CancellationToken.None);
        var hop = status switch
        {
            _ when _agent!.HasExited => "agent (it has exited)",
            "staged" or "queued" => "cloud → agent (the agent has not fetched or applied it)",
            "retrying" or "failed" => "agent → files (the agent could not apply it)",
            "deployed" => "agent → application (applied, but not delivered)",
            _ => "cloud",
        };
        return new HopFailedException(hop, $"{what}; the deployment's status is '{status}'.{Environment.NewLine}the agent says:{Environment.NewLine}{AgentLog(publication.DeploymentId)}");
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_watches).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_application is not null)
            await _application.DisposeAsync();
        if (_agent is not null)
            await _agent.DisposeAsync();
        _admin?.Dispose();
        if (_cloud is not null)
            await _cloud.DisposeAsync();
        Directory.Delete(_root, recursive: true);
        _stopping.Dispose();
    }

    private Task StartCloudAsync() => HopFailedException.Naming("control plane", async () =>
    {
        _cloud = await CloudServer.StartAsync(new CloudOptions
        {
            Urls = "http://127.0.0.1:0",
            DataDirectory = Path.Combine(_root, "cloud"),
            AdminKeys = [AdminKey],
        });
        _admin = new AdminClient(_cloud.BaseAddress, AdminKey);
        Console.WriteLine($"  control plane   {_cloud.BaseAddress}");
    });

    private async Task StartAgentAsync(CancellationToken cancellation)
    {
        _folder = AgentFolder.Create(Path.Combine(_root, "agent"), _cloud!.BaseAddress);
        await HopFailedException.Naming("provisioning", async () =>
        {
            var token = await _admin!.NewProvisioningTokenAsync(cancellation);
            await AgentProcess.ProvisionAsync(_folder, token, cancellation);
        });
        await HopFailedException.Naming("agent", () =>
        {
            _agent = AgentProcess.Start(_folder);
            return Task.CompletedTask;
        });
    }

    private Task StartApplicationAsync(IEnumerable<string> slugs, CancellationToken cancellation) =>
        HopFailedException.Naming("agent → application (connect)", async () =>
        {
            var started = Stopwatch.GetTimestamp();
            _application = await MiruClient.ConnectAsync(
                new MiruClientOptions { SocketPath = _agent!.SocketPath, ApplicationName = "quickstart" }, cancellation);
            Console.WriteLine($"  agent           pid {_agent.Id}, serving {Stopwatch.GetElapsedTime(started).TotalMilliseconds:F0} ms after its start, on {_agent.SocketPath}");
            foreach (var slug in slugs)
                _watches.Add(Delivery.ReceiveAsync(_application, slug, _deliveries.Writer, _stopping.Token));
        });

    /// <summary>What the agent said about a deployment, or else its last words.</summary>
    private string AgentLog(string? deploymentId = null)
    {
        if (_folder is null || !File.Exists(_folder.LogFile))
            return "";
        var lines = File.ReadLines(_folder.LogFile).ToList();
        var about = lines.Where(line => deploymentId is not null && line.Contains(deploymentId)).ToList();
        return string.Join(Environment.NewLine, (about.Count > 0 ? about : lines).TakeLast(20));
    }
}
