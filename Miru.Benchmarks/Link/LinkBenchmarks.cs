using Miru.Benchmarks.Reporting;

namespace Miru.Benchmarks.Link;

/// <summary>The link between agent and applications beside the floor and the designs it was preferred to.</summary>
internal static class LinkBenchmarks
{
    private static readonly IReadOnlyList<Experiment> All =
    [
        new(Placement.OneCore, new Load(20_000, TimeSpan.Zero, 1), Rounds: 9,
        [
            new("get_c_p50", Stack.Agent, Stack.Floor, f => f.P50, "us", 1.25),
            new("cpu_saturated", Stack.Agent, Stack.Floor, f => f.Cpu, "us/request", 1.3),
        ]),
        new(Placement.TwoCores, new Load(20_000, TimeSpan.Zero, 1), Rounds: 5,
        [
            new("get_c_p50_two_cores", Stack.Agent, Stack.Floor, f => f.P50, "us", null),
            new("cpu_saturated_two_cores", Stack.Agent, Stack.Floor, f => f.Cpu, "us/request", null),
        ]),
    ];

    /// <param name="only">The one row to measure; null for all.</param>
    public static async Task RunAsync(Report report, string? only)
    {
        await using var lab = await LinkLab.OpenAsync();
        foreach (var experiment in All)
        {
            var rows = experiment.Rows.Where(row => only is null || row.Name == only).ToList();
            if (rows.Count > 0)
                await RunAsync(report, lab, experiment, rows);
        }
    }

    private static async Task RunAsync(Report report, LinkLab lab, Experiment experiment, List<LinkRow> rows)
    {
        await lab.ArrangeAsync(experiment.Placement);
        var contenders = rows.SelectMany(row => row.Stacks).Distinct().ToDictionary(stack => stack, stack => lab.Contender(stack, experiment.Placement));
        var figures = await Alternation.RunAsync(contenders, experiment.Load, experiment.Rounds);
        foreach (var contender in contenders.Values)
            await contender.DisposeAsync();
        foreach (var row in rows)
            report.Add(row.Read(figures));
    }
}
