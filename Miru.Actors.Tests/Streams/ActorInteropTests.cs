using System.Threading.Channels;
using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Dsl;

namespace Miru.Actors.Tests.Streams;

public sealed class ActorInteropTests : StreamSpec
{
    [Fact]
    public async Task An_actor_source_emits_what_it_is_told_and_completes_with_success()
    {
        var (actor, result) = Source.ActorRef<int>(16, OverflowStrategy.Fail).ToMaterialized(Sink.Seq<int>(), Keep.Both).Run(Materializer);
        foreach (var n in Numbers(5))
        {
            actor.Tell(n);
        }

        actor.Tell(new Status.Success("done"));

        Assert.Equal(Numbers(5), await result.WaitAsync(Patience));
    }

    [Fact]
    public async Task An_actor_source_completes_with_a_poison_pill()
    {
        var (actor, result) = Source.ActorRef<int>(16, OverflowStrategy.Fail).ToMaterialized(Sink.Seq<int>(), Keep.Both).Run(Materializer);

        actor.Tell(PoisonPill.Instance);

        Assert.Empty(await result.WaitAsync(Patience));
    }

    [Fact]
    public async Task An_actor_source_fails_with_the_cause_it_is_told()
    {
        var cause = new InvalidDataException("broken");
        var (actor, result) = Source.ActorRef<int>(16, OverflowStrategy.Fail).ToMaterialized(Sink.Ignore<int>(), Keep.Both).Run(Materializer);

        actor.Tell(new Status.Failure(cause));

        Assert.Same(cause, await FailureOf(result));
    }

    [Fact]
    public void An_actor_source_cannot_make_tellers_wait() =>
        Assert.ThrowsAny<Exception>(() => Source.ActorRef<int>(16, OverflowStrategy.Backpressure));

    [Fact]
    public async Task An_actor_source_terminates_for_its_watchers_when_the_stream_ends()
    {
        var seen = Channel.CreateUnbounded<object>();
        var (actor, kill) = Source.ActorRef<int>(16, OverflowStrategy.Fail).ViaMaterialized(KillSwitches.Single<int>(), Keep.Both)
            .To(Sink.Ignore<int>()).Run(Materializer);
        System.ActorOf(Props.Create(() => new Watcher(actor, seen.Writer)));
        Assert.Equal("watching", await Next(seen));

        kill.Shutdown();

        Assert.Equal("terminated", await Next(seen));
    }

    [Fact]
    public async Task An_actor_sink_tells_elements_and_how_the_stream_ended()
    {
        var seen = Channel.CreateUnbounded<object>();
        var target = System.ActorOf(Props.Create(() => new Recorder(seen.Writer, null)));

        Source.From(Numbers(2)).RunWith(Sink.ActorRef<int>(target, "completed", cause => cause.Message), Materializer);
        Assert.Equal([1, 2, "completed"], await Next(seen, 3));

        Source.Failed<int>(new InvalidDataException("broken")).RunWith(Sink.ActorRef<int>(target, "completed", cause => cause.Message), Materializer);
        Assert.Equal("broken", await Next(seen));
    }

    [Fact]
    public async Task An_actor_sink_cancels_when_its_actor_terminates()
    {
        var target = System.ActorOf(Props.Create(() => new Recorder(Channel.CreateUnbounded<object>().Writer, null)));
        var done = Source.Never<int>().WatchTermination((_, ended) => ended)
            .To(Sink.ActorRef<int>(target, "completed", cause => cause.Message)).Run(Materializer);

        System.Stop(target);

        await done.WaitAsync(Patience);
    }

    [Fact]
    public async Task An_acknowledging_actor_gets_one_element_at_a_time()
    {
        var seen = Channel.CreateUnbounded<object>();
        var target = System.ActorOf(Props.Create(() => new Recorder(seen.Writer, "hold")));
        Source.From(Numbers(3)).RunWith(Sink.ActorRefWithAck<int>(target, "init", "ack", "completed"), Materializer);

        Assert.Equal("init", await Next(seen));
        foreach (var n in Numbers(3))
        {
            target.Tell("release");
            Assert.Equal(n, await Next(seen));
            Assert.False(n < 3 && seen.Reader.TryRead(out _));
        }

        // The end does not wait until the last element is acknowledged.
        Assert.Equal("completed", await Next(seen));
    }

    [Fact]
    public async Task An_acknowledging_actor_is_told_of_the_end_of_an_empty_stream_at_once()
    {
        var seen = Channel.CreateUnbounded<object>();
        var target = System.ActorOf(Props.Create(() => new Recorder(seen.Writer, "hold")));
        Source.Empty<int>().RunWith(Sink.ActorRefWithAck<int>(target, "init", "ack", "completed"), Materializer);

        Assert.Equal(["init", "completed"], await Next(seen, 2));
    }

    [Fact]
    public async Task An_acknowledging_actor_is_told_of_a_failure()
    {
        var seen = Channel.CreateUnbounded<object>();
        var target = System.ActorOf(Props.Create(() => new Recorder(seen.Writer, "hold")));
        Source.Failed<int>(new InvalidDataException("broken"))
            .RunWith(Sink.ActorRefWithAck<int>(target, "init", "ack", "completed", cause => cause.Message), Materializer);

        Assert.Equal(["init", "broken"], await Next(seen, 2));
    }

    private static async Task<object> Next(Channel<object> seen) => await seen.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    private static async Task<List<object>> Next(Channel<object> seen, int count)
    {
        var read = new List<object>();
        while (read.Count < count)
        {
            read.Add(await Next(seen));
        }

        return read;
    }

    /// <summary>Writes down what it is told; if told to hold, acknowledges the last one only when released.</summary>
    private sealed class Recorder : ReceiveActor
    {
        private IActorRef _stream;

        public Recorder(ChannelWriter<object> seen, string mode)
        {
            Receive<string>(text => text == "release", _ => _stream.Tell("ack"));
            ReceiveAny(message =>
            {
                if (mode == "hold")
                {
                    _stream = Sender;
                }

                seen.TryWrite(message);
            });
        }
    }

    private sealed class Watcher : ReceiveActor
    {
        public Watcher(IActorRef subject, ChannelWriter<object> seen)
        {
            Context.Watch(subject);
            seen.TryWrite("watching");
            Receive<Terminated>(_ => seen.TryWrite("terminated"));
        }
    }
}
