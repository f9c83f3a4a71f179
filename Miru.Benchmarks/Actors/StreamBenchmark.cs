using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Dsl;
using Miru.Benchmarks.Measuring;
using Miru.Benchmarks.Reporting;

namespace Miru.Benchmarks.Actors;

/// <summary>Ten million elements through five operators, against five bare asynchronous iterators.</summary>
internal static class StreamBenchmark
{
    private const int Elements = 10_000_000;

    public static Row Run(ActorSystem system)
    {
        using var materializer = system.Materializer();
        var (ours, peer) = Rounds.NanosecondsPerOperation(Elements, () => Stream(materializer), () => Iterators().GetAwaiter().GetResult());
        return new Row("stream_five_operators", ours, "ns/element", peer, 1.5);
    }

    private static void Stream(IMaterializer materializer)
    {
        var sum = Source.From(Enumerable.Range(0, Elements))
            .Select(x => x + 1)
            .Where(x => x % 2 == 0)
            .Select(x => x * 3)
            .Skip(1)
            .Select(x => (long)x)
            .RunWith(Sink.Aggregate<long, long>(0, (total, x) => total + x), materializer);
        sum.GetAwaiter().GetResult();
    }

    private static async Task<long> Iterators()
    {
        var total = 0L;
        var source = Select(Skip(Select(Where(Select(Range(), x => x + 1), x => x % 2 == 0), x => x * 3), 1), x => (long)x);
        await foreach (var x in source.ConfigureAwait(false))
            total += x;
        return total;
    }

#pragma warning disable CS1998 // An iterator that never waits: the cheapest form of the peer.
    private static async IAsyncEnumerable<int> Range()
    {
        for (var i = 0; i < Elements; i++)
            yield return i;
    }
#pragma warning restore CS1998

    private static async IAsyncEnumerable<TOut> Select<TIn, TOut>(IAsyncEnumerable<TIn> source, Func<TIn, TOut> map)
    {
        await foreach (var x in source.ConfigureAwait(false))
            yield return map(x);
    }

    private static async IAsyncEnumerable<T> Where<T>(IAsyncEnumerable<T> source, Func<T, bool> keep)
    {
        await foreach (var x in source.ConfigureAwait(false))
            if (keep(x))
                yield return x;
    }

    private static async IAsyncEnumerable<T> Skip<T>(IAsyncEnumerable<T> source, int count)
    {
        await foreach (var x in source.ConfigureAwait(false))
            if (count-- <= 0)
                yield return x;
    }
}
