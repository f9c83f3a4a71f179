using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Dsl;

namespace Miru.Actors.Tests.Streams;

public sealed class MaterializerTests : StreamSpec
{
    [Fact]
    public async Task Shutdown_ends_running_streams_abruptly()
    {
        var result = Source.Never<int>().WatchTermination(Keep.Right).To(Sink.Ignore<int>()).Run(Materializer);

        Materializer.Shutdown();

        Assert.StartsWith("Abrupt", (await FailureOf(result)).GetType().Name);
        Assert.True(Materializer.IsShutdown);
    }

    [Fact]
    public void Nothing_can_be_run_after_a_shutdown()
    {
        Materializer.Shutdown();

        Assert.Throws<Akka.Pattern.IllegalStateException>(() => Source.Empty<int>().To(Sink.Ignore<int>()).Run(Materializer));
    }

    [Fact]
    public async Task Streams_of_an_actors_materializer_die_with_the_actor()
    {
        var runs = new TaskCompletionSource<Task>(TaskCreationOptions.RunContinuationsAsynchronously);
        var actor = System.ActorOf(Props.Create(() => new Owner(runs)));
        var result = await runs.Task.WaitAsync(Patience);
        Assert.False(result.IsCompleted);

        System.Stop(actor);

        Assert.StartsWith("Abrupt", (await FailureOf(result)).GetType().Name);
    }

    [Fact]
    public async Task Streams_end_when_the_system_terminates()
    {
        var result = Source.Never<int>().WatchTermination(Keep.Right).To(Sink.Ignore<int>()).Run(System.Materializer());

        await System.Terminate().WaitAsync(Patience);

        Assert.StartsWith("Abrupt", (await FailureOf(result)).GetType().Name);
    }

    [Fact]
    public void All_of_a_system_share_one_materializer() => Assert.Same(System.Materializer(), System.Materializer());

    [Fact]
    public async Task A_graph_is_run_any_number_of_times()
    {
        var graph = Source.From(Numbers(3)).ToMaterialized(Sink.Seq<int>(), Keep.Right);

        Assert.Equal([1, 2, 3], await graph.Run(Materializer).WaitAsync(Patience));
        Assert.Equal([1, 2, 3], await graph.Run(System).WaitAsync(Patience));
    }

    [Fact]
    public async Task Values_are_combined_as_they_are_kept()
    {
        var source = Source.Single(1).MapMaterializedValue(_ => "source");
        var flow = Flow.Create<int>().Select(n => n).MapMaterializedValue(_ => 2.0);

        Assert.Equal("source", source.Via(flow).To(Sink.Ignore<int>()).Run(Materializer));
        Assert.Equal(2.0, source.ViaMaterialized(flow, Keep.Right).To(Sink.Ignore<int>()).Run(Materializer));
        var ((left, right), done) = source.ViaMaterialized(flow, Keep.Both).ToMaterialized(Sink.Ignore<int>(), Keep.Both).Run(Materializer);
        Assert.Equal(("source", 2.0), (left, right));
        await done.WaitAsync(Patience);
    }

    [Fact]
    public async Task The_empty_flow_changes_nothing_wherever_it_stands()
    {
        var empty = Flow.Create<int>();

        Assert.Equal([1, 2], await Elements(Source.From(Numbers(2)).Via(empty).Via(empty)));
        Assert.Equal([2, 3], await Elements(Source.From(Numbers(2)).Via(empty.Select(n => n + 1).Via(empty))));
        Assert.Equal(1, await Source.Single(1).RunWith(empty.ToMaterialized(Sink.First<int>(), Keep.Right), Materializer).WaitAsync(Patience));
    }

    [Fact]
    public async Task A_source_can_be_started_before_its_elements_are_wanted()
    {
        var (queue, source) = Source.Queue<int>(4, OverflowStrategy.Backpressure).PreMaterialize(Materializer);
        await queue.OfferAsync(1).WaitAsync(Patience);
        var result = Elements(source);
        await queue.OfferAsync(2).WaitAsync(Patience);
        queue.Complete();

        Assert.Equal([1, 2], await result);
    }

    [Fact]
    public async Task A_source_started_before_passes_failure_and_cancellation()
    {
        var (_, failing) = Source.Failed<int>(new InvalidDataException("broken")).PreMaterialize(Materializer);
        Assert.Equal("broken", (await FailureOf(failing)).Message);

        var (ended, endless) = Source.Repeat(1).WatchTermination((_, done) => done).PreMaterialize(Materializer);
        Assert.Equal([1, 1], await Elements(endless.Take(2)));
        await ended.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_hundred_thousand_elements_go_through_ten_operators_without_deep_recursion()
    {
        var source = Enumerable.Range(0, 10).Aggregate(Source.From(Numbers(100_000)), (built, _) => built.Select(n => n + 1));

        Assert.Equal(100_010, await source.RunWith(Sink.Last<int>(), Materializer).WaitAsync(Patience));
    }

    [Fact]
    public async Task WatchTermination_follows_completion_failure_and_cancellation()
    {
        Task<Akka.Done> Watch<TMat>(Source<int, TMat> source, Sink<int, Akka.NotUsed> sink) =>
            source.WatchTermination((_, done) => done).To(sink).Run(Materializer);

        var ignore = Sink.Ignore<int>().MapMaterializedValue(_ => Akka.NotUsed.Instance);
        await Watch(Source.Empty<int>(), ignore).WaitAsync(Patience);
        Assert.IsType<InvalidDataException>(await FailureOf(Watch(Source.Failed<int>(new InvalidDataException()), ignore)));
        await Watch(Source.Never<int>(), Sink.Cancelled<int>()).WaitAsync(Patience);
    }

    private sealed class Owner : ReceiveActor
    {
        public Owner(TaskCompletionSource<Task> runs) =>
            runs.SetResult(Source.Never<int>().WatchTermination(Keep.Right).To(Sink.Ignore<int>()).Run(Context.Materializer()));
    }
}
