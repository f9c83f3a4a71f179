using System.Diagnostics;
using Miru.Benchmarks.Link.Contenders;

namespace Miru.Benchmarks.Link;

/// <summary>Runs several contenders in turn, warm, and takes the medians of their rounds.</summary>
internal static class Alternation
{
    private const int FewestRounds = 3;

    // Code that has run often is compiled again in the background, 100 ms after the last first call.
    private static readonly TimeSpan Tiering = TimeSpan.FromMilliseconds(300);

    // A slow or busy machine gets fewer rounds, not a longer run.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    public static async Task<Dictionary<TKey, Figures>> RunAsync<TKey>(
        IReadOnlyDictionary<TKey, IContender> contenders, Load load, int rounds, CancellationToken cancellation)
        where TKey : notnull
    {
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < load.WarmUps; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var contender in contenders.Values)
                await contender.RunAsync(load.ToWarmUp());
            await Task.Delay(Tiering, cancellation);
        }

        var figures = contenders.Keys.ToDictionary(key => key, _ => new List<Figures>());
        for (var round = 0; round < rounds; round++)
        {
            if (round >= FewestRounds && Stopwatch.GetElapsedTime(started) > Longest)
                break;
            cancellation.ThrowIfCancellationRequested();
            foreach (var (key, contender) in contenders)
                figures[key].Add(await contender.RunAsync(load));
        }
        return figures.ToDictionary(pair => pair.Key, pair => Figures.Median(pair.Value));
    }
}
