using System.Diagnostics;

namespace Miru.Benchmarks.Measuring;

/// <summary>
/// Runs ours and the peer in turn, so that a machine whose speed drifts slows both, and takes medians.
/// </summary>
internal static class Rounds
{
    private const int Counted = 7;

    /// <summary>Nanoseconds per operation of both, each round a fresh run of <paramref name="operations"/> operations.</summary>
    public static (double Ours, double Peer) NanosecondsPerOperation(int operations, Action ours, Action peer)
    {
        var (a, b) = (new double[Counted], new double[Counted]);
        // One uncounted round of each lets the JIT settle.
        ours();
        peer();
        for (var round = 0; round < Counted; round++)
        {
            a[round] = Time(ours) / operations;
            b[round] = Time(peer) / operations;
        }
        return (Median(a), Median(b));
    }

    public static double Median(double[] values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1
            ? sorted[sorted.Length / 2]
            : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
    }

    private static double Time(Action run)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var started = Stopwatch.GetTimestamp();
        run();
        return Stopwatch.GetElapsedTime(started).TotalNanoseconds;
    }
}
