using Miru.Agent.Cloud.Api;

namespace Miru.Agent.Cloud.Scheduling;

/// <summary>
/// When the cloud is asked next, decided from how the last poll ended. Pure: clock and chance are handed in, so that a fleet can be
/// simulated with the very code that runs on the robot.
/// </summary>
/// <param name="Phase">Where in the interval this device asks, in [0, 1).</param>
internal sealed record PollRhythm(CloudSettings Settings, double Phase, RenewalBudget Renewals)
{
    /// <summary>
    /// What ended one held request, a proxy or server that restarts say, ended those of the whole fleet at the same moment.
    /// </summary>
    private static readonly TimeSpan CutSpread = TimeSpan.FromSeconds(10);

    /// <summary>Failures in a row.</summary>
    public int Failures { get; init; }

    /// <summary>The server's wish for the interval, or null.</summary>
    public TimeSpan? Hint { get; init; }

    /// <summary>The first interval has been cut to the device's phase.</summary>
    public bool InPhase { get; init; }

    /// <summary>After a whole cycle.</summary>
    /// <param name="immediately">Changes arrive by a held request, or somebody waits for another poll.</param>
    public (PollRhythm Next, TimeSpan Wait) Succeeded(bool immediately, TimeSpan now, double chance)
    {
        var well = this with { Failures = 0 };
        if (immediately)
        {
            return well.Asked(now);
        }

        var interval = Hint ?? Settings.PollInterval;
        return InPhase
            ? (well, PollSchedule.Interval(interval, Settings.PollJitter, chance))
            : (well with { InPhase = true }, interval * Phase);
    }

    /// <summary>Somebody wants to know now.</summary>
    public (PollRhythm Next, TimeSpan Wait) Asked(TimeSpan now)
    {
        var (renewals, wait) = Renewals.Renew(now);
        return (this with { Renewals = renewals }, wait);
    }

    /// <summary>After a cycle that came to nothing.</summary>
    public (PollRhythm Next, TimeSpan Wait) Failed(CloudFailure failure, double chance)
    {
        var next = this with { Failures = Failures + 1 };
        return (next, failure.Kind == FailureKind.Stop
            ? PollSchedule.Interval(Settings.BackoffMax, Settings.PollJitter, chance)
            : Backoff.After(next.Failures, Settings.BackoffMin, Settings.BackoffMax, failure.RetryAfter, chance));
    }

    /// <summary>After a held request that something on the way has cut.</summary>
    public TimeSpan Cut(double chance) => Backoff.After(1, CutSpread, CutSpread, null, chance);
}
