using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Dsl;

namespace Miru.Actors.Tests.Streams;

/// <summary>A system and a materializer for one test. Written to the Akka.NET API alone: the suite runs on both runtimes.</summary>
public abstract class StreamSpec : IAsyncLifetime
{
    /// <summary>What a test waits at most before it fails; never part of its outcome.</summary>
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    protected ActorSystem System { get; } = ActorSystem.Create("streams");

    protected ActorMaterializer Materializer { get; private set; }

    public Task InitializeAsync()
    {
        Materializer = ActorMaterializer.Create(System);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await System.Terminate().WaitAsync(Patience);

    protected async Task<IReadOnlyList<T>> Elements<T, TMat>(Source<T, TMat> source) =>
        (IReadOnlyList<T>)await source.RunWith(Sink.Seq<T>(), Materializer).WaitAsync(Patience);

    /// <summary>The failure of a task, out of the aggregates that a runtime may have wrapped it in.</summary>
    protected static async Task<Exception> FailureOf(Task task)
    {
        var thrown = await Record.ExceptionAsync(() => task.WaitAsync(Patience));
        Assert.NotNull(thrown);
        Assert.False(thrown is TimeoutException && !task.IsCompleted, "The stream did not end.");
        while (thrown is AggregateException { InnerException: { } inner })
        {
            thrown = inner;
        }

        return thrown;
    }

    protected Task<Exception> FailureOf<T, TMat>(Source<T, TMat> source) => FailureOf(source.RunWith(Sink.Ignore<T>(), Materializer));

    protected static IEnumerable<int> Numbers(int count) => Enumerable.Range(1, count);
}
