using System.Net.Sockets;
using Akka.Actor;
using Akka.TestKit.Xunit2;
using Miru.Agent.Connections;
using Miru.Agent.Connections.Access;
using Miru.Protocol;
using Xunit;

namespace Miru.Agent.Tests.Connections;

/// <summary>A conversation over bytes in memory: the test is the loop, the peer and, as the test actor, the connection.</summary>
public sealed class ConversationTests : TestKit
{
    private readonly MemoryChannel _channel = new();
    private readonly ConnectionProtocol _protocol;
    private readonly Conversation _conversation;

    public ConversationTests()
    {
        var store = new Snapshots();
        var terms = new ConnectionTerms("miru-agent/0.0.0", null, Links.Default);
        var frames = new ConfigFrames();
        _protocol = new ConnectionProtocol(terms, frames, AccessRights.Everything, store.Publish("a"));
        _conversation = new Conversation(_channel, _protocol, terms, frames, TestActor, materializer: null!);

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
        TestActor.Tell("the only message");
        ExpectMsg("the only message");
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
    [Trait("Clause", "frame-5")]
    public void A_begun_frame_is_for_the_actor_which_has_the_clock()
    {
        _channel.Arrive(MessageCodec.Encode(new Get("a"), 2)[..^1]);

        ExpectMsg<InputReady>();
        Assert.Equal(1, _conversation.AwaitedFrame);
    }

    [Fact]
    [Trait("Clause", "demand-1")]
    public void A_flood_gets_one_turn_and_then_waits_for_the_next()
    {
        var turn = Links.Default.MaxRequestsInFlight;
        _channel.Arrive([.. Enumerable.Range(2, turn + 1).SelectMany(at => MessageCodec.Encode(new Ping(), (uint)at))]);

        Assert.Equal(turn, _channel.HearAll().Count);
        Assert.True(_conversation.IsPaused);
        ExpectMsg<InputReady>();
        _conversation.Read();
        _conversation.Write();
        Assert.Single(_channel.HearAll());
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

    private void Ask(byte[] request)
    {
        _channel.Arrive(request);
        _channel.Forget();
    }
}
