namespace Akka.Pattern;

/// <summary>Doubles with each restart up to a most, and spreads, so that many that failed together do not come back together.</summary>
internal static class BackoffDelay
{
    /// <param name="restarts">Restarts before this one.</param>
    /// <param name="min">The first delay.</param>
    /// <param name="max">No delay is longer.</param>
    /// <param name="randomFactor">0.2 adds up to a fifth.</param>
    /// <param name="random">From 0 up to 1.</param>
    internal static TimeSpan After(int restarts, TimeSpan min, TimeSpan max, double randomFactor, double random)
    {
        var ticks = min.Ticks * Math.Pow(2, restarts) * (1 + random * randomFactor);
        return ticks >= max.Ticks ? max : TimeSpan.FromTicks((long)ticks);
    }
}
