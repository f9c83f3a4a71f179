using System.Collections.Concurrent;
using System.Threading.Channels;
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

    private readonly TemporaryDirectory _directory = new();
    private readonly List<CloudProblem> _problems = [];
    private readonly ConcurrentQueue<string> _log = new();
    private readonly Channel<CloudReported?> _happenings = Channel.CreateUnbounded<CloudReported?>();

    public static TheoryData<string> Names => [.. Misbehaviours.All.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_agent_stays_calm_says_what_is_wrong_and_recovers_by_itself(string name)
    {
        var misbehaviour = Misbehaviours.All.Single(one => one.Name == name);
        using var certificates = new Certificates();
        await using var server = new RoughServer(misbehaviour, Time.GetUtcNow, _directory.File("configs"))
        {
            Stalled = () => _happenings.Writer.TryWrite(null),
            Certificate = misbehaviour.Where == Where.Handshake ? certificates.Stranger : null,
        };
        Start(server, certificates);

        var started = Time.GetUtcNow();
        await LiveAsync(() => Time.GetUtcNow() - started > misbehaviour.Lasts);
        var asked = server.Requests.Count;
        server.Certificate = server.Certificate is null ? null : certificates.Trusted;
        server.Heal();
        var healed = Time.GetUtcNow();
        await LiveAsync(() => IsWell(server));

        Assert.Empty(server.Violations);
        Assert.InRange(asked, misbehaviour.Where is Where.Port or Where.Handshake ? 0 : 2, misbehaviour.MostRequests);
        Assert.InRange(server.MostTaken, 0, MaxList + KernelBuffers);
        Assert.InRange(Time.GetUtcNow() - healed, TimeSpan.Zero, misbehaviour.Where == Where.Report ? 6 * SoonEnough : SoonEnough);
        Assert.DoesNotContain(server.Requests, line => line.Contains("/stolen", StringComparison.Ordinal));
        if (misbehaviour.Where == Where.Report)
        {
            // The reporter speaks to the cloud beside the poller, and the time this test lets pass for the one may be too much for the other.
        }
        else if (misbehaviour.Code is null)
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
        base.AfterAll();
        _directory.Dispose();
    }

    /// <summary>The config is in place, and the cloud knows it.</summary>
    private bool IsWell(RoughServer server) =>
        File.Exists(_directory.File("configs/motion.json"))
        && File.ReadAllText(_directory.File("configs/motion.json")) == RoughServer.Content
        && server.Reports.Any(report => report.Contains("\"deployed\"", StringComparison.Ordinal));

    /// <summary>Lets the agent's time pass whenever the agent waits for it: for its next poll, or for its patience to end.</summary>
    private async Task LiveAsync(Func<bool> until)
    {
        while (!until())
        {
            var reported = await _happenings.Reader.ReadAsync().AsTask().WaitAsync(Patience);
            if (reported?.Problem is { } problem)
            {
                _problems.Add(problem);
            }

            // Without a time for its next attempt it believes that the server holds, and asks again when its budget allows.
            Advance(reported switch
            {
                null => TimeSpan.FromSeconds(31),
                { NextAttempt: { } next } when next > Time.GetUtcNow() => next - Time.GetUtcNow() + TimeSpan.FromMilliseconds(1),
                _ => TimeSpan.FromSeconds(1),
            });
        }
    }

    private void Start(RoughServer server, Certificates certificates)
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
            CaFile = authority,
            Url = new Uri($"{(server.Certificate is null ? "http" : "https")}://localhost:{server.Port}/agent/v1"),
        };

        var (notifier, board, time) = ((IActorRef)CreateTestProbe().Ref, (IActorRef)CreateTestProbe().Ref, (TimeProvider)Time);
        var status = Hear(message => _ = message is CloudReported reported && _happenings.Writer.TryWrite(reported));
        Sys.EventStream.Subscribe(Hear(message => _log.Enqueue(message.ToString()!)), typeof(LogEvent));
        var deployer = Sys.ActorOf(Props.Create(() => new Miru.Agent.Deployments.Deployer(deployments, new PosixFileSystem(), 7)));
        var keeper = Sys.ActorOf(Props.Create(() => new ConfigStore(store, deployer, notifier, board, time, null)));
        Func<DateTimeOffset, string> sign = now => DeviceKey.SignJwt(state, now);
        Func<CloudClient> connect = () => CloudClient.Connect(cloud, time);
        Sys.ActorOf(Props.Create(() => new CloudSupervisor(cloud, keeper, status, connect, sign, time, 7)));
    }

    private IActorRef Hear(Action<object> hear) => Sys.ActorOf(Props.Create(() => new Ear(hear)));

    private sealed class Ear : ReceiveActor
    {
        public Ear(Action<object> hear) => ReceiveAny(hear);
    }
}
