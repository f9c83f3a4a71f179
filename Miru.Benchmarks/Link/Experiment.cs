using Miru.Benchmarks.Link.Contenders;
using Miru.Benchmarks.Reporting;

namespace Miru.Benchmarks.Link;

/// <summary>One load in one placement, and the rows that are read off it.</summary>
/// <param name="Rounds">Measured rounds of each stack; they alternate, so that a machine whose speed drifts slows all.</param>
internal sealed record Experiment(Placement Placement, Load Load, int Rounds, IReadOnlyList<LinkRow> Rows)
{
    private const int QuickRounds = 3;

    /// <summary>A slow or busy machine gets fewer rounds, not a longer run.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Measures what <paramref name="wanted"/> asks for and this machine can.</summary>
    /// <param name="quick">Fewer rounds: for a look while one works, not for a record.</param>
    public async Task RunAsync(LinkLab lab, Predicate<string> wanted, bool quick, Report report, CancellationToken cancellation)
    {
        var rows = Rows.Where(row => wanted(row.Name)).ToList();
        if (rows.Count == 0)
            return;
        var possible = rows.Where(row => Obstacle(lab, row) is null).ToList();
        var contenders = new Dictionary<Stack, IContender>();
        try
        {
            foreach (var stack in possible.SelectMany(row => row.Stacks).Distinct())
                contenders.Add(stack, await lab.ContenderAsync(stack, Placement, Load));
            var figures = await Alternation.RunAsync(contenders, Load, quick ? Math.Min(QuickRounds, Rounds) : Rounds, Longest, lab.Runtimes, cancellation);
            foreach (var row in rows)
                report.Add(Obstacle(lab, row) is { } why ? row.Missing(why) : row.Read(figures));
        }
        catch (InvalidOperationException failure) when (!cancellation.IsCancellationRequested)
        {
            // One peer that breaks must not cost the rows of all others.
            Skip(wanted, report, failure.Message);
        }
        finally
        {
            foreach (var contender in contenders.Values)
                await contender.DisposeAsync();
        }
    }

    /// <summary>Reports the rows as not measured.</summary>
    public void Skip(Predicate<string> wanted, Report report, string why)
    {
        foreach (var row in Rows.Where(row => wanted(row.Name)))
            report.Add(row.Missing(why));
    }

    private string? Obstacle(LinkLab lab, LinkRow row) =>
        Placement.Obstacle ?? row.Stacks.Select(lab.Obstacle).FirstOrDefault(why => why is not null);
}
