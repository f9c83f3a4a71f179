using System.Text;
using Akka.Actor;
using Akka.TestKit.Xunit2;
using Miru.Agent.Configs;
using Miru.Agent.Connections;
using Miru.Agent.Connections.Access;
using Miru.Agent.Notifications;
using Miru.Agent.Tests.Doubles;
using Miru.Protocol;
using Xunit;
using WatchRequest = Miru.Protocol.Watch;

namespace Miru.Agent.Tests.Connections;

/// <summary>Listener, connections and notifier together, over a real socket.</summary>
public sealed class SocketListenerTests : TestKit
{
    private readonly TemporaryDirectory _directory = new();
    private readonly Snapshots _store = new();
    private readonly IActorRef _notifier;
    private IActorRef? _listener;

    public SocketListenerTests()
    {
        IoLoopConfigurator.Register(Sys);
        _notifier = Sys.ActorOf(Props.Create(() => new ConfigNotifier(TimeSpan.FromHours(1))).WithDispatcher(IoLoopConfigurator.Id));
        _notifier.Tell(new SnapshotAdvanced(_store.Current));
    }

    private string SocketPath => _directory.File("miru.sock");

    [Fact]
    public void An_application_gets_a_config_byte_for_byte()
    {
        var version = Publish("motion-control").Configs["motion-control"];
        Listen();
        using var client = RawClient.ConnectAndGreet(SocketPath);
        client.Say(new Get("motion-control"), 7);

        var (message, correlation) = client.Hear();
        var config = Assert.IsType<ConfigMessage>(message);
        Assert.Equal(7u, correlation);
        Assert.True(version.Content.Span.SequenceEqual(config.Content.Span));
    }

    [Fact]
    public void A_large_config_arrives_whole()
    {
        var content = new byte[3_000_000];
        new Random(1).NextBytes(content);
        var snapshot = Publish("map");
        var version = snapshot.Configs["map"] with { Content = content };
        _notifier.Tell(new SnapshotAdvanced(snapshot with { Sequence = 2, Configs = snapshot.Configs.SetItem("map", version) }));
        Listen();
        using var client = RawClient.ConnectAndGreet(SocketPath);
        client.Say(new Get("map"), 7);

        Assert.True(Assert.IsType<ConfigMessage>(client.Hear().Message).Content.Span.SequenceEqual(content));
    }

    [Fact]
    [Trait("Clause", "watch-4")]
    public void A_watcher_hears_of_every_change()
    {
        Publish("a");
        Listen();
        using var client = RawClient.ConnectAndGreet(SocketPath);
        client.Say(WatchRequest.Everything(), 7);
        Assert.Equal(1, client.HearUntil<Synced>().Sequence);

        Publish("a");
        _notifier.Tell(new SnapshotAdvanced(_store.Remove("a")));

        Assert.Equal(2, Assert.IsType<ConfigMessage>(client.Hear().Message).Sequence);
        Assert.Equal(2, Assert.IsType<Synced>(client.Hear().Message).Sequence);
        Assert.Equal("a", Assert.IsType<Removed>(client.Hear().Message).Slug);
        Assert.Equal(3, Assert.IsType<Synced>(client.Hear().Message).Sequence);
    }

    [Fact]
    [Trait("Clause", "demand-1")]
    public void Pipelined_requests_are_all_answered_in_order()
    {
        Listen();
        using var client = RawClient.ConnectAndGreet(SocketPath);
        var requests = Enumerable.Range(2, 500).SelectMany(at => MessageCodec.Encode(new Ping(), (uint)at)).ToArray();
        client.SayBytes(requests);

        Assert.All(Enumerable.Range(2, 500), at => Assert.Equal((uint)at, client.Hear().Correlation));
    }

    [Theory]
    [Trait("Clause", "frame-5")]
    [InlineData(new byte[] { 0, 0, 0, 4, 1, 2, 3, 4 }, Clauses.Frame2)]
    [InlineData(new byte[] { 0, 0x40, 0, 1 }, Clauses.Frame2)]
    [InlineData(new byte[] { 0, 0, 0, 9, 1, 0, 0, 1, 0, 0, 0, 1, (byte)'{' }, Clauses.Frame3)]
    [InlineData(new byte[] { 0, 0, 0, 8, 99, 0, 0, 0, 0, 0, 0, 1 }, Clauses.Frame4)]
    [InlineData(new byte[] { 0x16, 3, 1 }, Clauses.Http1)]
    public void A_malformed_frame_is_answered_with_its_clause(byte[] bytes, string clause)
    {
        Listen();
        using var client = RawClient.Connect(SocketPath);
        client.SayBytes(bytes);

        Assert.Equal(clause, Assert.IsType<ErrorMessage>(client.Hear().Message).Clause);
        client.HearEnd();
    }

    [Fact]
    [Trait("Clause", "frame-2")]
    public void A_frame_larger_than_announced_is_refused_before_it_is_there()
    {
        Listen();
        using var client = RawClient.ConnectAndGreet(SocketPath);
        client.SayBytes([0, 1, 0, 1]);

        Assert.Equal(Clauses.Frame2, Assert.IsType<ErrorMessage>(client.Hear().Message).Clause);
        client.HearEnd();
    }

    [Fact]
    [Trait("Clause", "demand-1")]
    public void A_peer_that_stopped_sending_with_a_full_window_is_answered_to_the_last()
    {
        Listen();
        using var client = RawClient.ConnectAndGreet(SocketPath);
        var requests = Enumerable.Range(2, 500).SelectMany(at => MessageCodec.Encode(new Ping(), (uint)at)).ToArray();
        client.SayBytes(requests);
        client.StopSaying();

        Assert.All(Enumerable.Range(2, 500), at => Assert.Equal((uint)at, client.Hear().Correlation));
        client.HearEnd();
    }

    [Fact]
    [Trait("Clause", "http-1")]
    public void Http_is_answered_with_501_and_the_error_envelope()
    {
        Listen();
        using var client = RawClient.Connect(SocketPath);
        client.SayBytes("GET /v0.2/health HTTP/1.1\r\nHost: miru\r\n\r\n"u8);

        var answer = Encoding.ASCII.GetString(client.HearAll());
        Assert.StartsWith("HTTP/1.1 501 Not Implemented\r\n", answer);
        Assert.Contains("\"code\":\"not_implemented\"", answer);
    }

    [Fact]
    [Trait("Clause", "limit-1")]
    public void One_connection_too_many_is_told_so_and_a_place_becomes_free_again()
    {
        Listen(Links.Default with { MaxConnections = 1 });
        using (RawClient.ConnectAndGreet(SocketPath))
        {
            using var second = RawClient.Connect(SocketPath);

            Assert.Equal(ErrorCodes.Busy, Assert.IsType<ErrorMessage>(second.Hear().Message).Code);
            second.HearEnd();
        }

        AwaitAssert(() =>
        {
            using var third = RawClient.Connect(SocketPath);
            third.Say(new Hello([1], [], "test", "test/0"), 1);
            Assert.IsType<Welcome>(third.Hear().Message);
        });
    }

    [Fact]
    [Trait("Clause", "stall-1")]
    public void A_reader_that_stopped_costs_nobody_else()
    {
        Publish("a");
        Listen();
        using var stuck = RawClient.ConnectAndGreet(SocketPath);
        using var lively = RawClient.ConnectAndGreet(SocketPath);
        stuck.Say(new Demand(60_000));
        stuck.Say(WatchRequest.Everything(), 7);
        lively.Say(new Demand(60_000));
        lively.Say(WatchRequest.Everything(), 7);
        Assert.Equal(1, lively.HearUntil<Synced>().Sequence);

        for (var sequence = 2; sequence <= 500; sequence++)
        {
            PublishLarge("a");
        }

        while (lively.HearUntil<Synced>().Sequence < 500)
        {
        }

        // The one that slept finds the newest and not the whole history; it was never cut off.
        var pushed = 0;
        while (true)
        {
            var (message, _) = stuck.Hear();
            pushed += message is ConfigMessage ? 1 : 0;
            if (message is Synced { Sequence: 500 })
            {
                break;
            }
        }

        Assert.InRange(pushed, 1, 499);
    }

    [Fact]
    [Trait("Clause", "bye-1")]
    public void Shutdown_says_goodbye_and_leaves_no_socket()
    {
        var listener = Listen();
        using var client = RawClient.ConnectAndGreet(SocketPath);

        listener.Tell(StopAccepting.Instance);
        ExpectMsg<AcceptingStopped>();
        Assert.False(File.Exists(SocketPath));
        listener.Tell(SayGoodbye.Instance);

        Assert.IsType<Goodbye>(client.Hear().Message);
        client.HearEnd();
        ExpectMsg<ConnectionsClosed>();
    }

    [Fact]
    public void A_connection_that_fails_takes_nobody_along()
    {
        Listen();
        using var failing = RawClient.ConnectAndGreet(SocketPath);
        using var other = RawClient.ConnectAndGreet(SocketPath);

        Sys.ActorSelection(_listener!.Path / "client-1").Tell(Kill.Instance);

        failing.HearEnd();
        other.Say(new Ping(), 9);
        Assert.IsType<Pong>(other.Hear().Message);
    }

    [Fact]
    public void A_path_that_another_agent_serves_stops_the_listener()
    {
        Listen();
        var settings = Settings();
        var terms = Terms(Links.Default);
        var notifier = _notifier;
        var access = Access();
        var status = CreateTestProbe().Ref;
        var second = Sys.ActorOf(Props.Create(() => new SocketListener(settings, null, terms, access, notifier, status, TimeProvider.System)).WithDispatcher(IoLoopConfigurator.Id), "second");
        Watch(second);

        ExpectTerminated(second);
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _directory.Dispose();
    }

    private SocketSettings Settings() => new(SocketPath, UnixFileMode.UserRead | UnixFileMode.UserWrite, "");

    private static AccessRules Access() => new([], Accounts.OwnUser, Accounts.UnknownUser);

    private static ConnectionTerms Terms(LinkSettings link) => new("miru-agent/0.0.0", "dvc-1", link);

    private IActorRef Listen(LinkSettings? link = null)
    {
        var settings = Settings();
        var terms = Terms(link ?? Links.Default);
        var notifier = _notifier;
        var access = Access();
        var status = CreateTestProbe().Ref;
        _listener = ChildActorOf(
            Props.Create(() => new SocketListener(settings, null, terms, access, notifier, status, TimeProvider.System)).WithDispatcher(IoLoopConfigurator.Id), "listener");
        ExpectMsg<Listening>();
        return _listener;
    }

    private void PublishLarge(string slug)
    {
        var snapshot = _store.Publish(slug);
        var version = snapshot.Configs[slug] with { Content = new byte[4096] };
        _notifier.Tell(new SnapshotAdvanced(snapshot with { Configs = snapshot.Configs.SetItem(slug, version) }));
    }

    private ConfigSnapshot Publish(params string[] slugs)
    {
        var snapshot = _store.Publish(slugs);
        _notifier.Tell(new SnapshotAdvanced(snapshot));
        return snapshot;
    }
}
