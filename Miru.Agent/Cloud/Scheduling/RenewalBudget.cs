namespace Miru.Agent.Cloud.Scheduling;

/// <summary>
/// How soon a held poll may be renewed: at once, as long as that does not happen too often. A server that answers every held poll
/// immediately, for whatever reason, gets one request a second instead of a flood; a burst of real changes is not slowed down.
/// </summary>
/// <param name="Left">Immediate renewals that are left.</param>
/// <param name="CountedAt">When <paramref name="Left"/> was true, on a clock that only goes forward.</param>
internal readonly record struct RenewalBudget(double Left, TimeSpan CountedAt)
{
    private const double Burst = 10;
    private const double PerSecond = 1;

    public static RenewalBudget Full(TimeSpan now) => new(Burst, now);

    /// <summary>The budget after one more renewal, and how long that has to wait.</summary>
    public (RenewalBudget Next, TimeSpan Wait) Renew(TimeSpan now)
    {
        var refilled = Math.Min(Burst, Left + ((now - CountedAt).TotalSeconds * PerSecond));
        return refilled >= 1
            ? (new RenewalBudget(refilled - 1, now), TimeSpan.Zero)
            : (new RenewalBudget(refilled, now), TimeSpan.FromSeconds((1 - refilled) / PerSecond));
    }
}
