using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Dsl;
using Miru.Actors.Tests.Doubles;

namespace Miru.Actors.Tests.Streams;

/// <summary>A stream runs where, and when, the dispatcher of its materializer says.</summary>
public sealed class StreamDispatcherSpec : ActorSpec
{
    /// <summary>Ends what a test began, on a dispatcher that nobody else drives.</summary>
    private Action _end = static () => { };

    [Fact]
    public async Task Runs_on_the_thread_of_its_materializers_dispatcher()
    {
        var own = new ThreadDispatcher.Factory(Sys.Dispatchers.Prerequisites);
        Sys.Dispatchers.RegisterConfigurator("own", own);
        var materializer = ActorMaterializer.Create(Sys, ActorMaterializerSettings.Create(Sys).WithDispatcher("own"));

        var threads = await Source.From(Enumerable.Range(0, 10))
            .Select(_ => Environment.CurrentManagedThreadId)
            .SelectAsync(2, async before =>
            {
                await Task.Yield();
                return before;
            })
            .Select(before => (before, Environment.CurrentManagedThreadId))
            .RunWith(Sink.Seq<(int, int)>(), materializer).WaitAsync(Patience);
        Watch(materializer.Supervisor);
        materializer.Shutdown();
        ExpectTerminated(materializer.Supervisor);

        Assert.All(threads, thread => Assert.Equal((own.ThreadId, own.ThreadId), thread));
    }

    [Fact]
    public void Runs_nothing_inside_of_Run()
    {
        var (dispatcher, materializer) = Manual();
        var seen = new List<int>();

        var done = Source.From(Enumerable.Range(1, 3)).RunForeach(seen.Add, materializer);

        Assert.Empty(seen);
        dispatcher.RunAll();
        Assert.Equal([1, 2, 3], seen);
        Assert.True(done.IsCompletedSuccessfully);
    }

    [Fact]
    public void Hears_from_outside_only_in_its_turn()
    {
        var (dispatcher, materializer) = Manual();
        var seen = new List<int>();
        var queue = Source.Queue<int>(8, OverflowStrategy.Backpressure).To(Sink.ForEach<int>(seen.Add)).Run(materializer);
        dispatcher.RunAll();

        var offers = Enumerable.Range(1, 3).Select(queue.OfferAsync).ToList();

        Assert.Empty(seen);
        Assert.DoesNotContain(offers, offer => offer.IsCompleted);
        dispatcher.RunAll();
        Assert.Equal([1, 2, 3], seen);
        Assert.All(offers, offer => Assert.True(offer.IsCompletedSuccessfully));
    }

    [Fact]
    public void A_stream_without_end_leaves_others_their_turn()
    {
        var (dispatcher, materializer) = Manual();
        var (kill, endless) = Source.Repeat(1).ViaMaterialized(KillSwitches.Single<int>(), Keep.Right)
            .ToMaterialized(Sink.Ignore<int>(), Keep.Both).Run(materializer);
        var finite = Source.From(Enumerable.Range(1, 5)).RunWith(Sink.Seq<int>(), materializer);

        for (var turn = 0; turn < 100; turn++)
        {
            Assert.True(dispatcher.RunOne());
        }

        Assert.True(finite.IsCompletedSuccessfully);
        Assert.False(endless.IsCompleted);
        kill.Shutdown();
        dispatcher.RunAll();
        Assert.True(endless.IsCompletedSuccessfully);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task Loses_nothing_however_often_it_yields(int limit)
    {
        var (dispatcher, materializer) = Manual(settings => settings.WithSyncProcessingLimit(limit));

        var result = Source.From(Enumerable.Range(1, 500)).Select(n => n + 1).Where(n => n % 2 == 0).RunWith(Sink.Seq<int>(), materializer);
        dispatcher.RunAll();

        Assert.Equal(250, (await result.WaitAsync(Patience)).Count);
    }

    [Fact]
    public void An_attribute_of_the_graph_chooses_its_dispatcher()
    {
        var other = UseManualDispatcher("other");
        var thread = 0;
        var materializer = ActorMaterializer.Create(Sys);

        var done = Source.Single(1)
            .ToMaterialized(Sink.ForEach<int>(_ => thread = Environment.CurrentManagedThreadId), Keep.Right)
            .WithAttributes(ActorAttributes.CreateDispatcher("other"))
            .Run(materializer);
        other.RunUntil(done, Patience);

        Assert.True(done.IsCompletedSuccessfully);
        Assert.Equal(Environment.CurrentManagedThreadId, thread);
    }

    protected override void AfterAll()
    {
        _end();
        base.AfterAll();
    }

    private (ManualDispatcher Dispatcher, ActorMaterializer Materializer) Manual(
        Func<ActorMaterializerSettings, ActorMaterializerSettings> change = null)
    {
        var dispatcher = UseManualDispatcher();
        var settings = ActorMaterializerSettings.Create(Sys).WithDispatcher("manual");
        var materializer = ActorMaterializer.Create(Sys, change is null ? settings : change(settings));

        // The system lets the materializer's supervisor start in its own time, and without it nothing can be materialized.
        dispatcher.RunUntil(materializer.Supervisor.Ask<ActorIdentity>(new Identify("started")), Patience);
        _end = () =>
        {
            materializer.Shutdown();
            dispatcher.RunAll();
        };
        return (dispatcher, materializer);
    }
}
