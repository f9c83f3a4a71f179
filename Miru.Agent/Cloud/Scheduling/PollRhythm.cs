using Miru.Agent.Cloud.Api;

namespace Miru.Agent.Cloud.Scheduling;

/// <summary>
/// When the cloud is asked next, decided from how the last poll ended. Pure: clock and chance are handed in, so that a fleet can be
/// simulated with the very code that runs on the robot.
/// </summary>
/// <param name="Phase">Where in the interval this device asks, in [0, 1).</param>
internal sealed record PollRhythm(CloudSettings Settings, double Phase, RenewalBudget Renewals)
{
    /// <summary>Failures in a row.</summary>
    public int Failures { get; init; }

    /// <summary>The server's wish for the interval, or null.</summary>
    public TimeSpan? Hint { get; init; }

    /// <summary>The cloud has answered since the start.</summary>
    public bool WasWell { get; init; }

    /// <summary>The first interval has been cut to the device's phase.</summary>
    public bool InPhase { get; init; }

    private TimeSpan Interval => Hint ?? Settings.PollInterval;

    /// <summary>After a whole cycle.</summary>
    /// <param name="immediately">Changes arrive by a held request, or somebody waits for another poll.</param>
    /// <param name="now">On a clock that only goes forward.</param>
    /// <param name="chance">Uniform in [0, 1).</param>
    public (PollRhythm Next, TimeSpan Wait) Succeeded(bool immediately, TimeSpan now, double chance)
    {
        var well = this with { Failures = 0, WasWell = true };
        if (immediately)
        {
            return well.Asked(now);
        }

        return InPhase
            ? (well, PollSchedule.Interval(Interval, Settings.PollJitter, chance))
            : (well with { InPhase = true }, Interval * Phase);
    }

    /// <summary>Somebody wants to know now.</summary>
    public (PollRhythm Next, TimeSpan Wait) Asked(TimeSpan now)
    {
        var (renewals, wait) = Renewals.Renew(now);
        return (this with { Renewals = renewals }, wait);
    }

    /// <summary>
    /// After a cycle that came to nothing. What one device of a working fleet meets, a server that restarts say, all of them meet at the same moment:
    /// then the first wait is drawn from a whole interval, and the fleet comes back at the pace of its ordinary polls. A device that has just
    /// been switched on, whose network may be a few seconds behind, asks again sooner.
    /// </summary>
    public (PollRhythm Next, TimeSpan Wait) Failed(CloudFailure failure, double chance)
    {
        var next = this with { Failures = Failures + 1 };
        return (next, Backoff.After(failure, next.Failures, Settings, chance, WasWell && failure.Kind == FailureKind.RetryLater ? Interval : default));
    }

    /// <summary>After a held request that something on the way has cut. Nothing is wrong yet, so nothing is counted.</summary>
    public TimeSpan Cut(CloudFailure failure, double chance) => Failed(failure, chance).Wait;
}
