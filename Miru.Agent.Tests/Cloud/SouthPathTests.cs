using System.Text;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Miru.Agent.Cloud;
using Miru.Agent.Cloud.Api;
using Miru.Agent.Cloud.Provisioning;
using Miru.Agent.Configs;
using Miru.Agent.Deployments;
using Miru.Agent.Deployments.Files;
using Miru.Agent.Notifications;
using Miru.Agent.Settings;
using Miru.Agent.Tests.Cloud.ControlPlane;
using Miru.Agent.Tests.Doubles;
using Xunit;

namespace Miru.Agent.Tests.Cloud;

/// <summary>
/// The southern half as it runs: a control plane over HTTP, the store on disk, real files; a probe stands where the notifier would. The
/// cloud's clock stands years away from the agent's, so every one of these also shows that a wrong clock does not matter.
/// </summary>
public sealed class SouthPathTests : TestKit, IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryDirectory _directory = new();
    private TestCloud _cloud = null!;
    private AgentSettings _settings = null!;
    private TestProbe _notifier = null!;
    private IActorRef _store = null!;
    private IActorRef _agent = null!;
    private string _device = "";

    public async Task InitializeAsync()
    {
        _cloud = await TestCloud.StartAsync();
        var reference = AgentSettingsLoader.Load(AgentSettingsLoader.ReferenceText(), null, _ => null);
        var state = _directory.File("state");
        _settings = reference with
        {
            Store = reference.Store with { Directory = state },
            Deployments = reference.Deployments with { Files = reference.Deployments.Files with { AllowedRoots = [_directory.File("configs")] } },
            Cloud = reference.Cloud with { StateDirectory = state, Url = new Uri(_cloud.BaseAddress, "agent/v1") },
        };
        ReadyKey.PlaceIn(state);
        var token = await _cloud.MintAsync();
        using (var client = new CloudClient(_settings.Cloud, CloudHandler.Create(_settings.Cloud), TimeProvider.System))
        {
            var provisioner = new Provisioner(_settings.Cloud, client, _ => token, null, TextWriter.Null, TextWriter.Null, () => false);
            Assert.Equal(0, await provisioner.ProvisionAsync("robot-1", CancellationToken.None));
        }

        _device = (await _cloud.AdminAsync(HttpMethod.Get, "/devices")).Ok().GetProperty("data")[0].GetProperty("id").GetString()!;
        _notifier = CreateTestProbe();
        Start();
        Assert.Equal(0, NextSnapshot().Sequence);
    }

    public async Task DisposeAsync()
    {
        await Sys.Terminate();
        await _cloud.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task A_published_config_is_durable_in_place_and_announced_byte_by_byte()
    {
        var bytes = Encoding.UTF8.GetBytes("{ \"max_speed\": 1.5, \"name\": \"ä\" }\n");

        var deployment = await DeployAsync("v1", bytes);

        var config = NextSnapshot().Configs["motion-control"];
        Assert.Equal(bytes, config.Content.ToArray());
        Assert.Equal((deployment, "v1", "json", 1L), (config.DeploymentId, config.Release, config.Format, config.Sequence));
        Assert.Equal(bytes, await File.ReadAllBytesAsync(config.FilePath));
        await ExpectStatusAsync(deployment, "deployed");
    }

    [Fact]
    public async Task Several_changes_arrive_in_order_and_the_old_deployments_are_archived()
    {
        var deployments = new List<string>();
        for (var i = 1; i <= 3; i++)
        {
            deployments.Add(await DeployAsync($"v{i}", Encoding.UTF8.GetBytes($"{{\"n\":{i}}}")));
            var snapshot = NextSnapshot();
            Assert.Equal((i, $"{{\"n\":{i}}}"), (snapshot.Sequence, Encoding.UTF8.GetString(snapshot.Configs["motion-control"].Content.Span)));
        }

        await ExpectStatusAsync(deployments[0], "archived");
        await ExpectStatusAsync(deployments[2], "deployed");
    }

    [Fact]
    public async Task A_path_outside_the_allowed_roots_is_refused_and_what_the_robot_had_stays()
    {
        await DeployAsync("v1", "{}"u8.ToArray());
        NextSnapshot();

        var release = await _cloud.PublishAsync("v2", "{}"u8.ToArray(), "json", "/etc/passwd.json");
        var refused = await _cloud.DeployAsync(release, _device);

        await ExpectStatusAsync(refused, "failed");
        _notifier.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
        Assert.False(File.Exists("/etc/passwd.json"));

        await DeployAsync("v3", "[3]"u8.ToArray());
        Assert.Equal("[3]", Encoding.UTF8.GetString(NextSnapshot().Configs["motion-control"].Content.Span));
    }

    [Fact]
    public async Task An_archived_deployment_takes_its_configs_and_files_with_it()
    {
        var deployment = await DeployAsync("v1", "{}"u8.ToArray());
        var path = NextSnapshot().Configs["motion-control"].FilePath;

        (await _cloud.AdminAsync(HttpMethod.Post, $"/deployments/{deployment}/archive")).Ok();

        var snapshot = NextSnapshot();
        Assert.Empty(snapshot.Configs);
        Assert.Equal(2, snapshot.Tombstones["motion-control"]);
        Assert.False(File.Exists(path));
        await ExpectStatusAsync(deployment, "archived");
    }

    [Fact]
    public async Task A_restarted_agent_serves_from_disk_what_it_had_and_then_hears_what_it_missed()
    {
        await DeployAsync("v1", "[1]"u8.ToArray());
        var epoch = NextSnapshot().Epoch;
        await StopAsync();
        await DeployAsync("v2", "[2]"u8.ToArray());

        Start();

        var fromDisk = NextSnapshot();
        Assert.Equal((epoch, 1L), (fromDisk.Epoch, fromDisk.Sequence));
        Assert.Equal("[1]", Encoding.UTF8.GetString(fromDisk.Configs["motion-control"].Content.Span));
        Assert.Equal("[2]", Encoding.UTF8.GetString(NextSnapshot().Configs["motion-control"].Content.Span));
    }

    [Fact]
    public async Task A_sync_is_answered_when_the_poll_after_it_is_in_the_store()
    {
        _agent.Tell(new SyncNow());

        Assert.Null(ExpectMsg<SyncFinished>(Patience).Problem);

        await _cloud.StopAsync();
        _agent.Tell(new SyncNow());
        Assert.Contains("cannot be reached", ExpectMsg<SyncFinished>(Patience).Problem);
    }

    [Fact]
    public async Task A_device_that_is_revoked_and_reprovisioned_while_its_agent_runs_goes_on_at_once()
    {
        await DeployAsync("v1", "[1]"u8.ToArray());
        NextSnapshot();
        (await _cloud.AdminAsync(HttpMethod.Post, $"/devices/{_device}/revoke")).Ok();
        _agent.Tell(new SyncNow());
        Assert.Contains("401", ExpectMsg<SyncFinished>(Patience).Problem);

        var token = await _cloud.MintAsync("robot-1");
        using (var client = CloudClient.Connect(_settings.Cloud, TimeProvider.System))
        {
            var provisioner = new Provisioner(_settings.Cloud, client, _ => token, null, TextWriter.Null, TextWriter.Null, TellAgent);
            Assert.Equal(0, await provisioner.ReprovisionAsync(CancellationToken.None));
        }

        await DeployAsync("v2", "[2]"u8.ToArray());
        Assert.Equal("[2]", Encoding.UTF8.GetString(NextSnapshot().Configs["motion-control"].Content.Span));

        bool TellAgent()
        {
            _agent.Tell(new ReviewIdentity());
            return true;
        }
    }

    private void Start()
    {
        var (settings, notifier, status) = (_settings, (IActorRef)_notifier.Ref, (IActorRef)CreateTestProbe().Ref);
        var deployer = Sys.ActorOf(Props.Create(() => new Miru.Agent.Deployments.Deployer(settings.Deployments, new PosixFileSystem(), 7)));
        var store = _store = Sys.ActorOf(Props.Create(() => new ConfigStore(settings.Store, deployer, notifier, status, TimeProvider.System, null)));
        Func<DateTimeOffset, string> sign = now => Miru.Agent.Cloud.Identity.DeviceKey.SignJwt(settings.Cloud.StateDirectory, now);
        Func<CloudClient> connect = () => CloudClient.Connect(settings.Cloud, TimeProvider.System);
        _agent = Sys.ActorOf(Props.Create(() => new CloudSupervisor(settings.Cloud, store, status, connect, sign, TimeProvider.System, 7)));
    }

    private async Task StopAsync()
    {
        Assert.True(await _agent.GracefulStop(Patience));
        Assert.True(await _store.GracefulStop(Patience));
    }

    private ConfigSnapshot NextSnapshot() => _notifier.ExpectMsg<SnapshotAdvanced>(Patience).Snapshot;

    private async Task<string> DeployAsync(string version, byte[] content) => await _cloud.DeployAsync(
        await _cloud.PublishAsync(version, content, "json", _directory.File("configs/v1/motion-control.json")), _device);

    private Task ExpectStatusAsync(string deployment, string status) => AwaitAssertAsync(
        async () =>
        {
            var listed = (await _cloud.AdminAsync(HttpMethod.Get, $"/deployments?device_id={_device}")).Ok().GetProperty("data");
            Assert.Equal(status, listed.EnumerateArray().Single(one => one.GetProperty("id").GetString() == deployment).GetProperty("status").GetString());
        },
        Patience);
}
