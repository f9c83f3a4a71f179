namespace Miru.Agent.Cloud.Scheduling;

/// <summary>How long to wait after failures in a row: full jitter, so that a fleet that failed together does not come back together.</summary>
internal static class Backoff
{
    /// <summary>A server may ask for patience, but not for ever.</summary>
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(1);

    /// <param name="failures">Failures in a row, 1 or more.</param>
    /// <param name="retryAfter">The server's wish; never undercut, spread by up to <paramref name="min"/> above it.</param>
    /// <param name="chance">Uniform in [0, 1).</param>
    public static TimeSpan After(int failures, TimeSpan min, TimeSpan max, TimeSpan? retryAfter, double chance)
    {
        if (retryAfter is { } wish && wish > TimeSpan.Zero)
        {
            return (wish < LongestRetryAfter ? wish : LongestRetryAfter) + (min * chance);
        }

        var ceiling = min * Math.Pow(2, Math.Clamp(failures - 1, 0, 30));
        ceiling = ceiling < max ? ceiling : max;

        // Never quite zero: a failure without a pause is a loop.
        return (min / 10) + ((ceiling - (min / 10)) * chance);
    }
}
