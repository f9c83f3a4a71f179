namespace Miru.Sdk.Connection;

/// <summary>How long to wait before connecting again: exponential, bounded, full jitter. Pure but for its randomness.</summary>
internal sealed class Backoff(TimeSpan min, TimeSpan max, Func<double> random)
{
    /// <param name="attempt">Attempts that failed since the last good connection, from 0.</param>
    /// <param name="hint">The agent's own wish, which is a lower bound; at most <c>max</c> of it is followed.</param>
    public TimeSpan Delay(int attempt, TimeSpan hint)
    {
        // Beyond 2^30 times the least every bound has been reached; a larger shift would only overflow.
        var ceiling = Math.Min(max.TotalMilliseconds, min.TotalMilliseconds * (1L << Math.Min(attempt, 30)));
        var floor = Math.Min(max.TotalMilliseconds, Math.Max(0, hint.TotalMilliseconds));
        return TimeSpan.FromMilliseconds(floor + (random() * ceiling));
    }
}
