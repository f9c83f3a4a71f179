using Miru.Agent.Settings;

namespace Miru.Agent.Deployments.Drift;

/// <summary>What happens to deployed files that somebody else changes.</summary>
/// <param name="Repairs">Whether they are put back; otherwise they are reported only.</param>
/// <param name="Interval">Time between two checks of all files.</param>
/// <param name="Jitter">Share of the interval by which a check may come earlier or later, 0 to 0.5.</param>
internal sealed record DriftSettings(bool Repairs, TimeSpan Interval, double Jitter)
{
    public static DriftSettings Read(SettingsReader settings) => new(
        settings.Choice("deployments.drift", "report", "repair") == "repair",
        settings.Duration("deployments.drift-check.interval", TimeSpan.FromSeconds(10), TimeSpan.FromDays(7)),
        settings.Fraction("deployments.drift-check.jitter", 0, 0.5));

    /// <summary>The time to the next check of all files.</summary>
    public TimeSpan NextInterval(Random random) => Interval * (1 + (Jitter * ((2 * random.NextDouble()) - 1)));
}
