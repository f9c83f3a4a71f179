using System.Diagnostics;
using Miru.Benchmarks.Reporting;

namespace Miru.Benchmarks.Link;

/// <summary>The link between agent and applications beside the floor and the designs it was preferred to.</summary>
internal static class LinkBenchmarks
{
    // Of ten minutes; what is only reported waits until the targets are measured, and falls away on a machine that is too slow for both.
    private static readonly TimeSpan Budget = TimeSpan.FromMinutes(9);

    /// <summary>Every row by name, in the order in which they are measured.</summary>
    public static IReadOnlyList<string> RowNames { get; } = [.. Names(Experiments.Gates), IdleWakeups.RowName, .. Names(Experiments.Reports)];

    /// <param name="wanted">Which rows to measure.</param>
    /// <param name="quick">Fewer rounds: for a look while one works, not for a record.</param>
    /// <param name="cancellation">Ends the run early, and leaves nothing behind either.</param>
    public static async Task RunAsync(Report report, Predicate<string> wanted, bool quick, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        await using var lab = await LinkLab.OpenAsync();
        foreach (var experiment in Experiments.Gates)
            await experiment.RunAsync(lab, wanted, quick, report, cancellation);
        if (wanted(IdleWakeups.RowName))
        {
            foreach (var row in await lab.IdleWakeupsAsync(cancellation))
                report.Add(row);
        }
        foreach (var experiment in Experiments.Reports)
        {
            if (Stopwatch.GetElapsedTime(started) < Budget)
                await experiment.RunAsync(lab, wanted, quick, report, cancellation);
            else
                experiment.Skip(wanted, report, "no time was left");
        }
    }

    private static IEnumerable<string> Names(IEnumerable<Experiment> experiments) => experiments.SelectMany(experiment => experiment.Rows).Select(row => row.Name);
}
