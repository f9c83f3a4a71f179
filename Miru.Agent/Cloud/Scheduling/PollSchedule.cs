namespace Miru.Agent.Cloud.Scheduling;

/// <summary>When the next poll follows a good one. Pure.</summary>
internal static class PollSchedule
{
    /// <summary>Interval, earlier or later by up to <paramref name="jitter"/> of it.</summary>
    /// <param name="chance">Uniform in [0, 1).</param>
    public static TimeSpan Interval(TimeSpan interval, double jitter, double chance) => interval * (1 + (jitter * ((2 * chance) - 1)));
}
