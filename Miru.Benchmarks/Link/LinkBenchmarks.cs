using Miru.Benchmarks.Reporting;

namespace Miru.Benchmarks.Link;

/// <summary>The link between agent and applications beside the floor and the designs it was preferred to.</summary>
internal static class LinkBenchmarks
{
    /// <param name="wanted">Which rows to measure.</param>
    /// <param name="quick">Fewer rounds: for a look while one works, not for a record.</param>
    public static async Task RunAsync(Report report, Predicate<string> wanted, bool quick)
    {
        await using var lab = await LinkLab.OpenAsync();
        foreach (var experiment in Experiments.All.Where(experiment => experiment.Rows.Any(row => wanted(row.Name))))
            await experiment.RunAsync(lab, wanted, quick, report);
        if (wanted(IdleWakeups.RowName))
        {
            foreach (var row in await lab.IdleWakeupsAsync())
                report.Add(row);
        }
    }
}
