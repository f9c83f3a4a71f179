using System.Net.Sockets;
using Akka.Actor;
using Akka.Streams;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Miru.Agent.Cloud;
using Miru.Agent.Connections;
using Miru.Agent.Connections.Access;
using Miru.Agent.Health;
using Miru.Agent.Notifications;
using Miru.Agent.Tests.Doubles;
using Miru.Protocol;
using Xunit;

namespace Miru.Agent.Tests.Connections;

/// <summary>One connection over a real socket, in virtual time; the test is its notifier.</summary>
public sealed class ClientConnectionTests : TestKit
{
    private readonly TemporaryDirectory _directory = new();
    private readonly Snapshots _store = new();
    private readonly RawClient _client;
    private readonly TestProbe _status;
    private readonly TestProbe _cloud;
    private readonly IActorRef _connection;

    public ClientConnectionTests()
        : base("""akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit" """)
    {
        _status = CreateTestProbe();
        _cloud = CreateTestProbe();
        var path = _directory.File("s");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        _client = RawClient.Connect(path);
        var accepted = listener.Accept();
        var peer = new Peer(PeerCredentials.Of(accepted), AccessRights.Everything);
        var channel = new SocketChannel(accepted, Links.Default.SendBuffer);

        // Stalling is noticed before silence, so that no test meets the other one by chance.
        var terms = new ConnectionTerms("miru-agent/0.0.0", null, Links.Default with { StallTimeout = Links.Default.HeartbeatInterval });
        var frames = new ConfigFrames();
        var contacts = new ConnectionContacts(TestActor, _status, _cloud);
        IoLoopConfigurator.Register(Sys);
        IMaterializer materializer = Sys.Materializer(ActorMaterializerSettings.Create(Sys).WithDispatcher(IoLoopConfigurator.Id));
        _connection = Sys.ActorOf(
            Props.Create(() => new ClientConnection(channel, peer, terms, frames, contacts, materializer)).WithDispatcher(IoLoopConfigurator.Id));
        Watch(_connection);
        ExpectMsg<Subscribe>();
    }

    private TestScheduler Scheduler => (TestScheduler)Sys.Scheduler;

    [Fact]
    [Trait("Clause", "hello-1")]
    public void A_peer_that_does_not_say_hello_is_told_so()
    {
        Open();
        Scheduler.Advance(Links.Default.HelloTimeout);

        HearEndedBy(Clauses.Hello1);
    }

    [Fact]
    [Trait("Clause", "hello-1")]
    public void A_greeted_peer_may_be_silent_between_heartbeats()
    {
        Greet();
        Scheduler.Advance(TimeSpan.FromMinutes(10));
        _client.Say(new Ping(), 2);

        Assert.IsType<Pong>(_client.Hear().Message);
    }

    [Theory]
    [Trait("Clause", "frame-5")]
    [InlineData(new byte[] { 0 })]
    [InlineData(new byte[] { 0, 0, 0, 30, 2, 0, 0, 22, 0, 0 })]
    public void A_begun_frame_that_is_not_finished_in_time_is_a_violation(byte[] begun)
    {
        Greet();
        _client.SayBytes(begun);

        // The clock starts when the bytes are read, which nothing else tells of.
        AwaitCondition(() =>
        {
            Scheduler.Advance(Links.Default.FrameTimeout);
            return _client.HasBytes;
        });
        HearEndedBy(Clauses.Frame5);
    }

    [Fact]
    [Trait("Clause", "demand-1")]
    public void A_peer_that_asked_more_than_it_may_is_answered_all_of_it_in_time()
    {
        Greet();
        var asked = (uint)(2 * Links.Default.MaxRequestsInFlight) + 1;
        _client.SayBytes([.. Enumerable.Range(1, (int)asked).SelectMany(at => MessageCodec.Encode(new Ping(), (uint)at))]);

        for (var next = 1u; next <= asked; next++)
        {
            AwaitCondition(() =>
            {
                Scheduler.Advance(Links.Default.ExcessPause);
                return _client.HasBytes;
            });
            Assert.Equal(next, _client.Hear().Correlation);
        }
    }

    [Fact]
    [Trait("Clause", "beat-1")]
    public void Heartbeats_carry_the_head_until_silence_ends_them()
    {
        Greet();
        for (var beat = 0; beat < ProtocolLimits.SilentIntervals; beat++)
        {
            _connection.Tell(Beat.Instance);
            Assert.Equal(new Cursor("e1", 0), Assert.IsType<Heartbeat>(_client.Hear().Message).Head);
        }

        _connection.Tell(Beat.Instance);

        HearEndedBy(Clauses.Beat1);
    }

    [Fact]
    [Trait("Clause", "stall-1")]
    public void A_peer_that_accepts_nothing_is_closed_at_once_and_without_a_word()
    {
        PublishLarge();
        Greet();
        _client.Say(new Get("map"), 2);

        // Any other reason to close would wait for the flush, whose deadline is virtual and never comes.
        AwaitCondition(() =>
        {
            _connection.Tell(Beat.Instance);
            return HasMessages;
        });
        ExpectTerminated(_connection);
    }

    [Fact]
    [Trait("Clause", "bye-1")]
    public void A_goodbye_that_is_not_read_is_cut_short()
    {
        PublishLarge();
        Greet();
        _client.Say(new Get("map"), 2);
        _connection.Tell(SayGoodbye.Instance);

        AwaitCondition(() =>
        {
            Scheduler.Advance(TimeSpan.FromSeconds(1));
            return HasMessages;
        });
        ExpectTerminated(_connection);
    }

    [Fact]
    [Trait("Clause", "bye-1")]
    public void A_goodbye_before_there_is_anything_to_serve_just_closes()
    {
        _connection.Tell(SayGoodbye.Instance);

        ExpectTerminated(_connection);
        _client.HearEnd();
    }

    [Fact]
    [Trait("Clause", "sync-1")]
    public void A_sync_is_passed_on_and_answered_when_the_cloud_was_asked()
    {
        Greet();
        _client.Say(new Sync(), 5);
        var asked = _cloud.ExpectMsg<SyncNow>();
        _cloud.Reply(new SyncFinished(asked.Ticket, SyncOutcome.NotReady, "no route to the cloud"));

        var (message, correlation) = _client.Hear();
        var error = Assert.IsType<ErrorMessage>(message);
        Assert.Equal((5u, ErrorCodes.NotReady, "no route to the cloud"), (correlation, error.Code, error.Text));
        Assert.True(error.Retryable);
    }

    [Fact]
    [Trait("Clause", "sync-1")]
    public void A_sync_that_does_not_end_is_answered_with_a_timeout()
    {
        Greet();
        _client.Say(new Sync(), 5);
        _cloud.ExpectMsg<SyncNow>();
        Scheduler.Advance(Links.Default.SyncTimeout);

        Assert.Equal(ErrorCodes.Timeout, Assert.IsType<ErrorMessage>(_client.Hear().Message).Code);
    }

    [Fact]
    [Trait("Clause", "status-1")]
    public void The_status_hears_who_greeted_and_answers_what_it_asks()
    {
        Greet();
        var greeted = _status.ExpectMsg<ApplicationGreeted>();
        Assert.Equal(("test", "test/0", Environment.ProcessId), (greeted.App, greeted.Sdk, greeted.ProcessId));
        _client.Say(new GetStatus(), 6);
        var asked = _status.ExpectMsg<GatherStatus>();
        Assert.True(asked.NamesApplications);
        _status.Reply(new StatusGathered(asked.Ticket, "{\"agent\":null}"u8.ToArray()));

        var (message, correlation) = _client.Hear();
        Assert.Equal("{\"agent\":null}"u8, Assert.IsType<StatusMessage>(message).Json.Span);
        Assert.Equal(6u, correlation);
    }

    [Fact]
    public void A_peer_that_leaves_ends_its_connection()
    {
        Greet();
        _client.Dispose();

        ExpectTerminated(_connection);
    }

    [Fact]
    public void A_peer_that_only_stopped_sending_is_still_answered()
    {
        Greet();
        _client.Say(new Ping(), 2);
        _client.StopSaying();

        Assert.IsType<Pong>(_client.Hear().Message);
        _client.HearEnd();
        ExpectTerminated(_connection);
    }

    [Fact]
    [Trait("Clause", "bye-1")]
    public void A_peer_that_stopped_sending_is_answered_what_it_takes_time_to_know()
    {
        Greet();
        _client.Say(new Sync(), 5);
        _client.StopSaying();
        var asked = _cloud.ExpectMsg<SyncNow>();

        // It cannot answer a heartbeat any more: that is no silence.
        for (var beat = 0; beat <= 2 * ProtocolLimits.SilentIntervals; beat++)
        {
            _connection.Tell(Beat.Instance);
            Assert.IsType<Heartbeat>(_client.Hear().Message);
        }

        _cloud.Reply(new SyncFinished(asked.Ticket, SyncOutcome.Done, null));

        Assert.Equal((new Done(), 5u), _client.Hear());
        _client.HearEnd();
        ExpectTerminated(_connection);
    }

    [Fact]
    [Trait("Clause", "bye-1")]
    public void A_peer_that_stopped_sending_waits_no_longer_than_others()
    {
        Greet();
        _client.Say(new Sync(), 5);
        _client.StopSaying();
        _cloud.ExpectMsg<SyncNow>();
        Scheduler.Advance(Links.Default.SyncTimeout);

        Assert.Equal(ErrorCodes.Timeout, Assert.IsType<ErrorMessage>(_client.Hear().Message).Code);
        _client.HearEnd();
        ExpectTerminated(_connection);
    }

    [Fact]
    public void A_peer_that_leaves_with_a_question_open_is_gone_at_the_next_heartbeat()
    {
        Greet();
        _client.Say(new Sync(), 5);
        _cloud.ExpectMsg<SyncNow>();
        _client.Dispose();
        _connection.Tell(Beat.Instance);

        ExpectTerminated(_connection);
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _client.Dispose();
        _directory.Dispose();
    }

    private void Open()
    {
        _connection.Tell(new SnapshotAdvanced(_store.Current));
        Assert.NotNull(ExpectMsg<Subscribe>().Receiver);
    }

    private void Greet()
    {
        Open();
        _client.Say(new Hello([1], [], "test", "test/0"), 1);
        Assert.IsType<Welcome>(_client.Hear().Message);
    }

    private void PublishLarge()
    {
        var snapshot = _store.Publish("map");
        var version = snapshot.Configs["map"] with { Content = new byte[3_000_000] };
        _store.Replace(version);
    }

    private void HearEndedBy(string clause)
    {
        Assert.Equal(clause, Assert.IsType<ErrorMessage>(_client.Hear().Message).Clause);
        _client.HearEnd();
        ExpectTerminated(_connection);
    }
}
