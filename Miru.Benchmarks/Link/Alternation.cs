using System.Diagnostics;
using Miru.Benchmarks.Link.Contenders;
using Miru.Benchmarks.Measuring;

namespace Miru.Benchmarks.Link;

/// <summary>Runs several contenders in turn, warm, and takes the medians of their rounds.</summary>
internal static class Alternation
{
    private const int FewestRounds = 3;

    // More than the JIT counts before it compiles what serves a new connection again.
    private const int Reconnects = 40;
    private const int RestsInRow = 3;

    // Code that has run often is compiled again in the background, 100 ms after the last first call.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromSeconds(20);

    /// <param name="longest">No round begins after this, but for the first three.</param>
    /// <param name="servers">The .NET processes that must be warm.</param>
    public static async Task<Dictionary<TKey, Figures>> RunAsync<TKey>(
        IReadOnlyDictionary<TKey, IContender> contenders, Load load, int rounds, TimeSpan longest, IEnumerable<int> servers, CancellationToken cancellation)
        where TKey : notnull
    {
        await WarmUpAsync([.. contenders.Values], load, new Tiering(servers), cancellation);
        var started = Stopwatch.GetTimestamp();
        var figures = contenders.Keys.ToDictionary(key => key, _ => new List<Figures>());
        for (var round = 0; round < rounds; round++)
        {
            if (round >= FewestRounds && Stopwatch.GetElapsedTime(started) > longest)
                break;
            foreach (var (key, contender) in contenders)
            {
                cancellation.ThrowIfCancellationRequested();
                figures[key].Add(await contender.RunAsync(load));
            }
        }
        return figures.ToDictionary(pair => pair.Key, pair => Figures.Median(pair.Value));
    }

    // Until the JIT rests. It compiles the same code three times, and in between waits for more calls.
    private static async Task WarmUpAsync(IReadOnlyList<IContender> contenders, Load load, Tiering tiering, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < Reconnects && load.IsOneConnection; i++)
            await RunAllAsync(contenders, load.Shortest(), cancellation);
        for (var (rounds, rests) = (0, 0); rounds < load.WarmUps || (rests < RestsInRow && Stopwatch.GetElapsedTime(started) < LongestWarmUp); rounds++)
        {
            await RunAllAsync(contenders, load.ToWarmUp(), cancellation);
            await Task.Delay(Pause, cancellation);
            rests = tiering.WentOn() ? 0 : rests + 1;
        }
    }

    private static async Task RunAllAsync(IReadOnlyList<IContender> contenders, Load load, CancellationToken cancellation)
    {
        foreach (var contender in contenders)
        {
            cancellation.ThrowIfCancellationRequested();
            await contender.RunAsync(load);
        }
    }
}
