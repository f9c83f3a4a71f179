using Miru.Agent.Cloud.Api;

namespace Miru.Agent.Cloud.Scheduling;

/// <summary>How long to wait after failures in a row: full jitter, so that a fleet that failed together does not come back together. Pure.</summary>
internal static class Backoff
{
    /// <summary>A server may ask for patience, but not for ever.</summary>
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(1);

    /// <summary>Never quite zero: a failure without a pause is a loop.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(100);

    /// <summary>After a request that did not succeed. What only a person can mend is tried at the longest wait at once.</summary>
    /// <param name="failures">Failures in a row, 1 or more.</param>
    /// <param name="chance">Uniform in [0, 1).</param>
    /// <param name="first">Ceiling of the first wait; that of the settings if left out or shorter.</param>
    public static TimeSpan After(CloudFailure failure, int failures, CloudSettings settings, double chance, TimeSpan first = default) =>
        failure.Kind == FailureKind.Stop
            ? PollSchedule.Interval(settings.BackoffMax, settings.PollJitter, chance)
            : After(failures, first > settings.BackoffMin ? first : settings.BackoffMin, settings.BackoffMax, failure.RetryAfter, chance);

    /// <param name="failures">Failures in a row, 1 or more.</param>
    /// <param name="first">Ceiling of the first wait; doubles with each failure, up to <paramref name="max"/>.</param>
    /// <param name="retryAfter">
    /// The server's wish; never undercut, and spread by as much again, up to <paramref name="first"/>: it may have told a whole fleet at the same moment.
    /// </param>
    /// <param name="chance">Uniform in [0, 1).</param>
    public static TimeSpan After(int failures, TimeSpan first, TimeSpan max, TimeSpan? retryAfter, double chance)
    {
        if (retryAfter is { } wish && wish > TimeSpan.Zero)
        {
            return Shorter(wish, LongestRetryAfter) + (Shorter(wish, first) * chance);
        }

        var ceiling = Shorter(first * Math.Pow(2, Math.Clamp(failures - 1, 0, 30)), max);
        var least = Shorter(ceiling / 10, Least);
        return least + ((ceiling - least) * chance);
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
