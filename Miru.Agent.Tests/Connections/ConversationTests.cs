using System.Net.Sockets;
using Akka.Actor;
using Akka.Streams;
using Akka.TestKit.Xunit2;
using Miru.Agent.Configs;
using Miru.Agent.Connections;
using Miru.Agent.Connections.Access;
using Miru.Agent.Notifications;
using Miru.Agent.Tests.Simulation;
using Miru.Benchmarks.Fleet;
using Miru.Protocol;
using Xunit;

namespace Miru.Agent.Tests.Connections;

/// <summary>A conversation over bytes in memory: the test is the loop, the peer and, as the test actor, the connection.</summary>
public sealed class ConversationTests : TestKit
{
    private static readonly ConnectionTerms Terms = new("miru-agent/0.0.0", null, Links.Default);

    private readonly Snapshots _store = new();
    private readonly ConfigFrames _frames = new();
    private readonly MemoryChannel _channel = new();
    private readonly SimulatedDispatcher _thread;
    private readonly IMaterializer _materializer;
    private readonly ConnectionProtocol _protocol;
    private readonly Conversation _conversation;

    public ConversationTests()
    {
        _thread = SimulatedDispatcher.Register(Sys);
        _materializer = Sys.Materializer(ActorMaterializerSettings.Create(Sys).WithDispatcher(SimulatedDispatcher.Name));
        _protocol = new ConnectionProtocol(Terms, _frames, AccessRights.Everything, _store.Publish("a"));
        _conversation = new Conversation(_channel, _protocol, Terms, _frames, TestActor, _materializer);

        // As the actor does it: who a peer is, is its to hear.
        _conversation.Read();
        _channel.Arrive(MessageCodec.Encode(new Hello([1], [], "test", "test/0"), 1));
        ExpectMsg<InputReady>();
        _conversation.Read();
        _conversation.Write();
        Assert.IsType<Welcome>(_channel.Hear());
    }

    [Fact]
    public void A_routine_request_is_answered_where_it_is_found()
    {
        _channel.Arrive(MessageCodec.Encode(new Get("a"), 2));

        Assert.Equal("a", Assert.IsType<ConfigMessage>(_channel.Hear()).Slug);
        HearNoMessage();
    }

    [Fact]
    public void Routine_requests_allocate_nothing()
    {
        var request = MessageCodec.Encode(new Get("a"), 2);
        for (var warmUp = 0; warmUp < 100; warmUp++)
        {
            Ask(request);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var asked = 0; asked < 1000; asked++)
        {
            Ask(request);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void The_same_question_is_answered_anew_when_the_store_has_moved()
    {
        var request = MessageCodec.Encode(new Get("a"), 2);
        Ask(request);
        Ask(request);

        Advance(_store.Publish("a"));
        _channel.Arrive(request);
        Assert.Equal(2, Assert.IsType<ConfigMessage>(_channel.Hear()).Sequence);

        Advance(_store.Remove("a"));
        _channel.Arrive(request);
        Assert.IsType<ErrorMessage>(_channel.Hear());
    }

    [Fact]
    [Trait("Clause", "frame-6")]
    public void A_repeated_answer_carries_the_correlation_of_its_question()
    {
        foreach (var correlation in new uint[] { 2, 3, 4, 2 })
        {
            _channel.Arrive(MessageCodec.Encode(new Get("a"), correlation));

            Assert.Equal(correlation, Assert.Single(_channel.HearFrames()).Correlation);
        }
    }

    /// <summary>Its bytes are everybody's, and the next who asks writes over them.</summary>
    [Fact]
    public void What_the_socket_did_not_take_of_a_repeated_answer_stays_as_it_was()
    {
        Ask(MessageCodec.Encode(new Get("a"), 2));
        _channel.Room = 10;
        _channel.Arrive(MessageCodec.Encode(new Get("a"), 3));
        _thread.RunAll(order: null);
        FrameWriter.SetCorrelation(_frames.Of(_store.Current.Configs["a"], 4).Prefix, 4);

        _channel.Room = int.MaxValue;
        _conversation.OnOutputWanted();
        _thread.RunAll(order: null);

        Assert.Equal(3u, Assert.Single(_channel.HearFrames()).Correlation);
    }

    [Fact]
    [Trait("Clause", "watch-2")]
    public void A_snapshot_is_pushed_by_whoever_brings_it()
    {
        Ask(MessageCodec.Encode(Miru.Protocol.Watch.Everything(), 2));

        Advance(_store.Publish("b"));

        Assert.Collection(
            _channel.HearAll(),
            config => Assert.Equal("b", Assert.IsType<ConfigMessage>(config).Slug),
            synced => Assert.Equal(2, Assert.IsType<Synced>(synced).Sequence));
        HearNoMessage();
    }

    [Fact]
    public void A_push_that_fails_is_told_to_its_actor_and_tried_no_more()
    {
        Ask(MessageCodec.Encode(Miru.Protocol.Watch.Everything(), 2));
        _channel.BreakWrites();

        Advance(_store.Publish("b"));
        Advance(_store.Publish("b"));

        Assert.IsType<SocketException>(ExpectMsg<ConversationFailed>().Cause);
        HearNoMessage();
    }

    [Fact]
    public void A_snapshot_of_another_epoch_ends_the_conversation()
    {
        Advance(new Snapshots("e2").Publish("a"));

        Assert.IsType<Goodbye>(_channel.Hear());
        ExpectMsg<OutputWaits>();
        Assert.Equal(ConnectionState.Closing, _protocol.State);
    }

    [Fact]
    [Trait("Clause", "frame-5")]
    public void A_begun_frame_is_for_the_actor_which_has_the_clock()
    {
        _channel.Arrive(MessageCodec.Encode(new Get("a"), 2)[..^1]);

        ExpectMsg<InputReady>();
        Assert.Equal(1, _conversation.AwaitedFrame);
    }

    [Fact]
    [Trait("Clause", "demand-1")]
    public void A_peer_that_asks_more_than_it_may_is_left_alone_after_each_lot()
    {
        _channel.Arrive([.. AsManyAsMayBe(), .. MessageCodec.Encode(new Ping(), 100)]);

        Assert.Equal(Links.Default.MaxRequestsInFlight, _channel.HearAll().Count);
        Assert.True(_conversation.IsResting);
        ExpectMsg<InputReady>();
        _conversation.Read();
        _conversation.Write();
        _conversation.Resume();
        Assert.Empty(_channel.HearAll());
        HearNoMessage();

        _conversation.EndRest();
        _conversation.Resume();
        ExpectMsg<InputReady>();
        _conversation.Read();
        _conversation.Write();
        Assert.Single(_channel.HearAll());
        Assert.False(_conversation.IsPaused);
    }

    /// <summary>What is not answered is not under way: an application that keeps its limit never rests.</summary>
    [Theory]
    [Trait("Clause", "demand-1")]
    [InlineData(false)]
    [InlineData(true)]
    public void A_peer_that_asks_as_much_as_it_may_gets_its_next_turn_at_once(bool givesDemand)
    {
        Message last = givesDemand ? new Demand(1) : new Ping();
        _channel.Arrive([.. AsManyAsMayBe(), .. MessageCodec.Encode(last, 0)]);

        Assert.Equal(Links.Default.MaxRequestsInFlight, _channel.HearAll().Count);
        Assert.False(_conversation.IsResting);
        ExpectMsg<InputReady>();
        _conversation.Read();
        _conversation.Write();
        Assert.Empty(_channel.HearAll());
        Assert.False(_conversation.IsPaused);
    }

    [Fact]
    public void An_errand_is_for_the_actor()
    {
        _channel.Arrive(MessageCodec.Encode(new Sync(), 2));

        ExpectMsg<InputReady>();
        Assert.True(_protocol.TryTakeErrand(out _));
    }

    [Fact]
    public void The_end_is_for_the_actor()
    {
        _channel.End();

        ExpectMsg<InputReady>();
        Assert.True(_conversation.HasEnded);
    }

    [Fact]
    public void A_connection_that_breaks_tells_its_actor_and_nobody_else()
    {
        _channel.Break();

        Assert.IsType<SocketException>(ExpectMsg<ConversationFailed>().Cause);
    }

    private static IEnumerable<byte> AsManyAsMayBe() =>
        Enumerable.Range(2, Links.Default.MaxRequestsInFlight).SelectMany(at => MessageCodec.Encode(new Ping(), (uint)at));

    private void HearNoMessage()
    {
        TestActor.Tell("the only message");
        ExpectMsg("the only message");
    }

    protected override void AfterAll()
    {
        _thread.End(Sys);
        base.AfterAll();
    }

    private void Advance(ConfigSnapshot snapshot)
    {
        _conversation.OnAdvanced(new SnapshotAdvanced(snapshot));
        _conversation.Push();
    }

    private void Ask(byte[] request)
    {
        _channel.Arrive(request);
        _channel.Forget();
    }
}
