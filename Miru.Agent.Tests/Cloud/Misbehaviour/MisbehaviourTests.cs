using Akka.Actor;
using Akka.Event;
using Miru.Agent.Cloud;
using Miru.Agent.Cloud.Api;
using Miru.Agent.Cloud.Identity;
using Miru.Agent.Configs;
using Miru.Agent.Deployments.Files;
using Miru.Agent.Health;
using Miru.Agent.Settings;
using Miru.Agent.Tests.Doubles;
using Miru.Benchmarks.Fleet;
using Xunit;

namespace Miru.Agent.Tests.Cloud.Misbehaviour;

/// <summary>
/// Each misbehaviour lasts for an hour or so of the agent's time, against the southern half as it runs: real sockets, real store, real files. Then the
/// server is well again, and everything must be in place without anybody having restarted anything.
/// </summary>
public sealed class MisbehaviourTests : VirtualTimeKit
{
    private const int MaxList = 256 * 1024;

    /// <summary>What the two kernel buffers of a loopback connection may hold besides.</summary>
    private const int KernelBuffers = 16 * 1024 * 1024;

    /// <summary>The longest wait between two polls, with its jitter.</summary>
    private static readonly TimeSpan SoonEnough = TimeSpan.FromMinutes(75);

    /// <summary>After this a request that was not answered is given up.</summary>
    private static readonly TimeSpan OutOfPatience = TimeSpan.FromSeconds(31);

    private readonly TemporaryDirectory _directory = new();
    private readonly List<CloudProblem> _problems = [];
    private readonly List<string> _log = [];
    private readonly SemaphoreSlim _happened = new(0);
    private readonly SimulatedDispatcher _dispatcher;

    /// <summary>How the poll that followed the last step of time ended; null while it is under way.</summary>
    private CloudReported? _polled;

    /// <summary>Requests that the server lets wait for ever.</summary>
    private int _stalled;

    public MisbehaviourTests()
    {
        _dispatcher = SimulatedDispatcher.Register(Sys);
        _dispatcher.Queued += Wake;
        Time.Changed += Wake;
    }

    public static TheoryData<string> Names => [.. Misbehaviours.All.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_agent_stays_calm_says_what_is_wrong_and_recovers_by_itself(string name)
    {
        var misbehaviour = Misbehaviours.All.Single(one => one.Name == name);
        using var certificates = new Certificates();
        await using var server = new RoughServer(misbehaviour, Time.GetUtcNow, _directory.File("configs"))
        {
            Stalled = Stall,
            Certificate = misbehaviour.Where == Where.Handshake ? certificates.Stranger : null,
        };
        Start(server, certificates, misbehaviour.Where);

        var started = Time.GetUtcNow();
        await LiveAsync(misbehaviour, () => Time.GetUtcNow() - started > misbehaviour.Lasts);
        var asked = server.Requests.Count;
        server.Certificate = server.Certificate is null ? null : certificates.Trusted;
        server.Heal();
        var healed = Time.GetUtcNow();
        await LiveAsync(misbehaviour, () => IsWell(server));

        Assert.Empty(server.Violations);
        Assert.InRange(asked, misbehaviour.Where is Where.Port or Where.Connect or Where.Handshake ? 0 : 2, misbehaviour.MostRequests);
        Assert.InRange(server.MostTaken, 0, MaxList + KernelBuffers);
        Assert.InRange(Time.GetUtcNow() - healed, TimeSpan.Zero, SoonEnough);
        Assert.DoesNotContain(server.Requests, line => line.Contains("/stolen", StringComparison.Ordinal));
        if (misbehaviour.Code is null)
        {
            Assert.Empty(_problems);
        }
        else
        {
            Assert.NotEmpty(_problems);
            Assert.All(_problems, problem => Assert.Equal(misbehaviour.Code, problem.Code));
            Assert.Contains(misbehaviour.Words, _problems[0].Reason);
        }

        var said = string.Join('\n', [.. _log, .. _problems.Select(problem => problem.Reason)]);
        Assert.All(server.Secrets, secret => Assert.DoesNotContain(secret, said));
    }

    protected override void AfterAll()
    {
        _dispatcher.End(Sys);
        base.AfterAll();
        _directory.Dispose();
    }

    /// <summary>The config is in place, and the cloud knows it.</summary>
    private bool IsWell(RoughServer server) =>
        File.Exists(_directory.File("configs/motion.json"))
        && File.ReadAllText(_directory.File("configs/motion.json")) == RoughServer.Content
        && server.Reports.Any(report => report.Contains("\"deployed\"", StringComparison.Ordinal));

    /// <summary>
    /// Lets the agent's time pass whenever nothing happens without that: no actor has anything to do, the poll under way has ended or is stalled, and so is
    /// every other request. A deadline that passed while bytes are on their way would be this computer's slowness, not the server's.
    /// </summary>
    private async Task LiveAsync(Misbehaviour misbehaviour, Func<bool> until)
    {
        while (true)
        {
            _dispatcher.RunAll(null);
            while ((_polled is null && (_stalled == 0 || misbehaviour.Where == Where.Report)) || Time.Pending > _stalled)
            {
                Assert.True(await _happened.WaitAsync(Patience), "nothing happens, and time does not pass");
                _dispatcher.RunAll(null);
            }

            if (until())
            {
                return;
            }

            // Without a time for its next attempt it believes that the server holds, and asks again when its budget allows.
            var now = Time.GetUtcNow();
            var next = _polled?.NextAttempt is { } attempt && attempt > now ? attempt - now + TimeSpan.FromMilliseconds(1) : TimeSpan.FromSeconds(1);
            var step = _stalled > 0 && next < OutOfPatience ? OutOfPatience : next;
            (_polled, _stalled) = (null, 0);
            Advance(step);
        }
    }

    private void Heard(CloudReported polled)
    {
        _polled = polled;
        if (polled.Problem is { } problem)
        {
            _problems.Add(problem);
        }
    }

    private void Stall()
    {
        Interlocked.Increment(ref _stalled);
        Wake();
    }

    private void Wake() => _happened.Release();

    private void Start(RoughServer server, Certificates certificates, Where where)
    {
        var state = _directory.File("state");
        ReadyKey.PlaceIn(state);
        DeviceIdentity.Save(state, new EnrolledDevice("dvc_1", "sess_1", "robot"));
        ReportedVersion.Write(state, AgentHeaders.Version);
        var authority = _directory.File("ca.pem");
        File.WriteAllText(authority, certificates.AuthorityPem);
        var reference = AgentSettingsLoader.Load(AgentSettingsLoader.ReferenceText(), null, _ => null);
        var deployments = reference.Deployments with { Files = reference.Deployments.Files with { AllowedRoots = [_directory.File("configs")] } };
        var store = reference.Store with { Directory = state };
        var cloud = reference.Cloud with
        {
            StateDirectory = state,
            MaxListSize = MaxList,

            // The one deadline that .NET keeps by the real clock.
            ConnectTimeout = where == Where.Connect ? TimeSpan.FromMilliseconds(100) : Timeout.InfiniteTimeSpan,
            CaFile = authority,
            Url = new Uri($"{(server.Certificate is null ? "http" : "https")}://localhost:{server.Port}/agent/v1"),
        };

        var (notifier, board, time) = ((IActorRef)CreateTestProbe().Ref, (IActorRef)CreateTestProbe().Ref, (TimeProvider)Time);
        var status = Run(Props.Create(() => new Ear<CloudReported>(Heard)));
        Sys.EventStream.Subscribe(Run(Props.Create(() => new Ear<LogEvent>(line => _log.Add(line.ToString())))), typeof(LogEvent));
        var deployer = Run(Props.Create(() => new Miru.Agent.Deployments.Deployer(deployments, new PosixFileSystem(), 7)));
        var keeper = Run(Props.Create(() => new ConfigStore(store, deployer, notifier, board, time, null)));
        Func<DateTimeOffset, string> sign = now => DeviceKey.SignJwt(state, now);
        Func<CloudClient> connect = () => CloudClient.Connect(cloud, time);
        Run(Props.Create(() => new CloudSupervisor(cloud, keeper, status, connect, sign, time, 7)));
    }

    private IActorRef Run(Props props) => Sys.ActorOf(props.WithDispatcher(SimulatedDispatcher.Name));

    private sealed class Ear<T> : ReceiveActor
    {
        public Ear(Action<T> hear) => Receive(hear);
    }
}
