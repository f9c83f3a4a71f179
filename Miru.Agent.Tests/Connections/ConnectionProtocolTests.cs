using Miru.Agent.Connections;
using Miru.Protocol;
using Xunit;

namespace Miru.Agent.Tests.Connections;

public sealed class ConnectionProtocolTests
{
    private readonly Snapshots _store = new();

    [Fact]
    [Trait("Clause", "hello-1")]
    public void Hello_is_welcomed_with_the_head()
    {
        _store.Publish("a");
        var peer = new ProtocolPeer(_store.Current);
        peer.Say(new Hello([1, 2], [], "navigation", "dotnet/0.1.0"), 9);

        var (message, correlation) = peer.Hear();
        var welcome = Assert.IsType<Welcome>(message);
        Assert.Equal(9u, correlation);
        Assert.Equal(new Cursor("e1", 1), welcome.Head);
        Assert.Equal("navigation", peer.Protocol.App);
        Assert.Equal(ConnectionState.Ready, peer.Protocol.State);
    }

    [Fact]
    [Trait("Clause", "hello-2")]
    public void A_version_it_does_not_speak_ends_the_connection()
    {
        var peer = new ProtocolPeer(_store.Current);
        peer.Say(new Hello([2, 3], [], "navigation", "dotnet/9"), 9);

        AssertEnds(peer, CloseReason.UnsupportedProtocol, ErrorCodes.ProtocolUnsupported, Clauses.Hello2);
    }

    [Fact]
    [Trait("Clause", "hello-1")]
    public void Anything_before_hello_is_a_violation()
    {
        var peer = new ProtocolPeer(_store.Current);
        peer.Say(new Ping(), 1);

        AssertEnds(peer, CloseReason.Violation, ErrorCodes.ProtocolViolation, Clauses.Hello1);
    }

    [Fact]
    [Trait("Clause", "hello-1")]
    public void Hello_that_comes_too_late_is_a_violation()
    {
        var peer = new ProtocolPeer(_store.Current);
        peer.Protocol.OnHelloDeadline();

        AssertEnds(peer, CloseReason.Violation, ErrorCodes.ProtocolViolation, Clauses.Hello1);
    }

    [Fact]
    public void The_hello_deadline_means_nothing_after_hello()
    {
        var peer = ProtocolPeer.Greeted(_store.Current);
        peer.Protocol.OnHelloDeadline();

        peer.HearNothing();
        Assert.Equal(ConnectionState.Ready, peer.Protocol.State);
    }

    [Fact]
    [Trait("Clause", "frame-5")]
    public void A_second_hello_is_a_violation()
    {
        var peer = ProtocolPeer.Greeted(_store.Current);
        peer.Say(new Hello([1], [], "again", "x"), 2);

        AssertEnds(peer, CloseReason.Violation, ErrorCodes.ProtocolViolation, Clauses.Frame5);
    }

    [Fact]
    [Trait("Clause", "frame-5")]
    public void A_kind_that_only_the_agent_sends_is_a_violation()
    {
        var peer = ProtocolPeer.Greeted(_store.Current);
        peer.Say(new Pong(), 2);

        AssertEnds(peer, CloseReason.Violation, ErrorCodes.ProtocolViolation, Clauses.Frame5);
    }

    [Fact]
    [Trait("Clause", "hello-1")]
    public void The_agent_announces_every_feature_whose_kinds_it_takes()
    {
        var peer = new ProtocolPeer(_store.Current);
        peer.Say(new Hello([1], [], "navigation", "dotnet/0.1.0"), 9);

        Assert.Equal(["sync", "status"], Assert.IsType<Welcome>(peer.Hear().Message).Features);
    }

    [Fact]
    [Trait("Clause", "get-1")]
    public void Get_answers_the_exact_bytes()
    {
        var version = _store.Publish("motion-control").Configs["motion-control"];
        var peer = ProtocolPeer.Greeted(_store.Current);
        peer.Say(new Get("motion-control"), 5);

        var (message, correlation) = peer.Hear();
        var config = Assert.IsType<ConfigMessage>(message);
        Assert.Equal(5u, correlation);
        Assert.Equal(version.Digest, config.Digest);
        Assert.Equal(version.FilePath, config.Path);
        Assert.True(version.Content.Span.SequenceEqual(config.Content.Span));
    }

    [Fact]
    [Trait("Clause", "get-1")]
    public void Get_of_an_unknown_slug_names_no_other()
    {
        _store.Publish("secret");
        var peer = ProtocolPeer.Greeted(_store.Current);
        peer.Say(new Get(new string('x', 3500)), 5);

        var (message, correlation) = peer.Hear();
        var error = Assert.IsType<ErrorMessage>(message);
        Assert.Equal((5u, ErrorCodes.ConfigNotFound), (correlation, error.Code));
        Assert.DoesNotContain("secret", error.Text);
        Assert.Equal(ConnectionState.Ready, peer.Protocol.State);
    }

    [Fact]
    public void List_names_every_config_without_its_content()
    {
        _store.Publish("a", "b");
        var peer = ProtocolPeer.Greeted(_store.Current);
        peer.Say(new List(), 5);

        var listed = Assert.IsType<Listed>(peer.Hear().Message);
        Assert.Equal(["a", "b"], listed.Configs.Select(config => config.Slug));
        Assert.Equal(8, listed.Configs[0].Size);
    }

    [Fact]
    [Trait("Clause", "frame-6")]
    public void Pushes_carry_the_correlation_of_their_watch()
    {
        _store.Publish("a");
        var peer = ProtocolPeer.Greeted(_store.Current);
        peer.Say(Watch.Everything(), 40);

        Assert.Equal(
            [(typeof(Watching), 40u), (typeof(ConfigMessage), 40u), (typeof(Synced), 40u)],
            peer.HearAll().Select(heard => (heard.Message.GetType(), heard.Correlation)));
    }

    [Fact]
    [Trait("Clause", "frame-6")]
    public void The_correlation_of_an_open_watch_cannot_be_used_for_another()
    {
        var peer = ProtocolPeer.Greeted(_store.Current);
        peer.Say(Watch.Everything(), 40);
        peer.HearAll();
        peer.Say(Watch.Everything(), 40);

        AssertEnds(peer, CloseReason.Violation, ErrorCodes.ProtocolViolation, Clauses.Frame6);
    }

    [Fact]
    [Trait("Clause", "demand-1")]
    public void Pushes_go_as_far_as_the_demand()
    {
        _store.Publish("a", "b", "c");
        var peer = ProtocolPeer.Greeted(_store.Current);
        peer.Say(Watch.Everything(), 40);
        Assert.Equal(2, peer.HearAll().Count(heard => heard.Message is ConfigMessage));

        peer.Say(new Demand(1));

        Assert.Equal([typeof(ConfigMessage), typeof(Synced)], peer.HearAll().Select(heard => heard.Message.GetType()));
    }

    [Fact]
    [Trait("Clause", "demand-1")]
    public void Answers_need_no_demand()
    {
        _store.Publish("a");
        var peer = ProtocolPeer.Greeted(_store.Current, new ConnectionTerms("a", null, Links.Default with { InitialDemand = 0 }));
        peer.Say(Watch.Everything(), 40);
        Assert.IsType<Watching>(Assert.Single(peer.HearAll()).Message);

        peer.Say(new Get("a"), 41);

        Assert.Equal(41u, Assert.Single(peer.HearAll()).Correlation);
    }

    [Fact]
    [Trait("Clause", "demand-1")]
    public void Demand_beyond_its_bound_is_a_violation()
    {
        var peer = ProtocolPeer.Greeted(_store.Current);
        peer.Say(new Demand(ProtocolLimits.MaxDemand - 2));
        Assert.Equal(ConnectionState.Ready, peer.Protocol.State);
        peer.Say(new Demand(1));

        AssertEnds(peer, CloseReason.Violation, ErrorCodes.ProtocolViolation, Clauses.Demand1);
    }

    [Fact]
    [Trait("Clause", "demand-1")]
    public void Reads_no_further_while_too_many_answers_wait()
    {
        var peer = ProtocolPeer.Greeted(_store.Current);
        for (var sent = 0u; sent < ProtocolLimits.MaxInFlight; sent++)
        {
            Assert.True(peer.Protocol.WantsInput);
            peer.Say(new Ping(), sent + 1);
        }

        Assert.False(peer.Protocol.WantsInput);
        peer.Hear();
        Assert.True(peer.Protocol.WantsInput);
    }

    [Fact]
    public void More_watches_than_allowed_are_refused_and_the_connection_goes_on()
    {
        var peer = ProtocolPeer.Greeted(_store.Current);
        for (var open = 0u; open < ConnectionTerms.MaxWatches; open++)
        {
            peer.Say(Watch.Everything(), 40 + open);
        }

        peer.HearAll();
        peer.Say(Watch.Everything(), 99);

        Assert.Equal(ErrorCodes.Busy, Assert.IsType<ErrorMessage>(peer.Hear().Message).Code);
        Assert.Equal(ConnectionState.Ready, peer.Protocol.State);
    }

    [Fact]
    public void Unwatch_ends_the_pushes()
    {
        var peer = ProtocolPeer.Greeted(_store.Current);
        peer.Say(Watch.Everything(), 40);
        peer.HearAll();
        peer.Say(new Unwatch([], All: true), 41);
        Assert.IsType<Done>(peer.Hear().Message);

        peer.Protocol.OnSnapshot(_store.Publish("a"));

        peer.HearNothing();
    }

    [Fact]
    [Trait("Clause", "beat-1")]
    public void Beats_carry_the_head_and_never_pile_up()
    {
        var peer = ProtocolPeer.Greeted(_store.Current);
        peer.Protocol.OnSnapshot(_store.Publish("a"));
        peer.Protocol.OnBeat(isReading: true, isStuck: false);
        peer.Protocol.OnBeat(isReading: true, isStuck: false);

        Assert.Equal(new Heartbeat(new Cursor("e1", 1)), Assert.Single(peer.HearAll()).Message);
    }

    [Fact]
    [Trait("Clause", "beat-1")]
    public void A_silent_peer_is_closed_and_a_talking_one_is_not()
    {
        var silent = ProtocolPeer.Greeted(_store.Current);
        var talking = ProtocolPeer.Greeted(_store.Current);
        for (var beat = 0; beat <= ProtocolLimits.SilentIntervals; beat++)
        {
            talking.Say(new Ping(), 0);
            talking.Protocol.OnBeat(isReading: true, isStuck: false);
            silent.Protocol.OnBeat(isReading: true, isStuck: false);
        }

        AssertEnds(silent, CloseReason.Silent, ErrorCodes.Timeout, Clauses.Beat1);
        Assert.Equal(ConnectionState.Ready, talking.Protocol.State);
        Assert.IsType<Heartbeat>(Assert.Single(talking.HearAll()).Message);
    }

    [Fact]
    [Trait("Clause", "beat-1")]
    public void Silence_does_not_count_while_the_agent_is_not_reading()
    {
        var peer = ProtocolPeer.Greeted(_store.Current);
        for (var beat = 0; beat < 10; beat++)
        {
            peer.Protocol.OnBeat(isReading: false, isStuck: false);
        }

        Assert.Equal(ConnectionState.Ready, peer.Protocol.State);
    }

    [Fact]
    [Trait("Clause", "stall-1")]
    public void A_peer_that_accepts_nothing_is_given_up_without_a_last_word()
    {
        var peer = ProtocolPeer.Greeted(_store.Current);
        peer.Say(new Ping(), 2);
        for (var beat = 0; beat < ProtocolPeer.Terms.StalledBeats; beat++)
        {
            Assert.Equal(ConnectionState.Ready, peer.Protocol.State);
            peer.Protocol.OnBeat(isReading: false, isStuck: true);
        }

        Assert.Equal(CloseReason.Stalled, peer.Protocol.Reason);
        Assert.True(peer.Protocol.IsFinished);
    }

    [Fact]
    [Trait("Clause", "bye-1")]
    public void Shutdown_says_goodbye_after_what_was_promised()
    {
        var peer = ProtocolPeer.Greeted(_store.Current);
        peer.Say(new Ping(), 2);
        peer.Protocol.OnShutdown();

        Assert.False(peer.Protocol.WantsInput);
        Assert.Equal([new Pong(), new Goodbye(ConnectionTerms.ReconnectHint)], peer.HearAll().Select(heard => heard.Message));
        Assert.True(peer.Protocol.IsFinished);
        Assert.Equal(CloseReason.Goodbye, peer.Protocol.Reason);
    }

    [Fact]
    [Trait("Clause", "watch-4")]
    public void A_new_epoch_sends_the_application_back_to_resume()
    {
        var peer = ProtocolPeer.Greeted(_store.Current);
        peer.Protocol.OnSnapshot(new Snapshots("e2").Publish("a"));

        Assert.Equal(new Goodbye(TimeSpan.Zero), Assert.Single(peer.HearAll()).Message);
        Assert.True(peer.Protocol.IsFinished);
    }

    [Fact]
    [Trait("Clause", "frame-5")]
    public void A_violation_with_an_endless_reason_still_fits_a_header()
    {
        var peer = ProtocolPeer.Greeted(_store.Current);
        peer.Protocol.OnViolation(new Violation(Clauses.Frame3, new string('"', 100_000)));

        AssertEnds(peer, CloseReason.Violation, ErrorCodes.ProtocolViolation, Clauses.Frame3);
    }

    private static void AssertEnds(ProtocolPeer peer, CloseReason reason, string code, string clause)
    {
        Assert.Equal(reason, peer.Protocol.Reason);
        Assert.False(peer.Protocol.WantsInput);
        var error = Assert.IsType<ErrorMessage>(Assert.Single(peer.HearAll()).Message);
        Assert.Equal((code, clause), (error.Code, error.Clause));
        Assert.True(peer.Protocol.IsFinished);
    }
}
