using System.CommandLine;
using Miru.Benchmarks.Reporting;

namespace Miru.Benchmarks.Fleet;

/// <summary><c>fleet</c>: what ten thousand agents do to a cloud that was gone for an hour.</summary>
internal static class FleetCommand
{
    private const int Devices = 10_000;
    private const int Seed = 7;

    public static Command Create(Option<FileInfo?> json)
    {
        var svg = new Option<FileInfo?>("--svg") { Description = "Also draw the request rate over time into this file." };
        var command = new Command("fleet", "The requests of 10,000 agents around an outage, on a simulated clock; exits 1 if they come back as a herd.") { json, svg };
        command.SetAction(parsed =>
        {
            var report = new Report();
            var polling = Measure(report, "polling", pushes: false);
            var push = Measure(report, "push", pushes: true);
            if (parsed.GetValue(json) is { } file)
                report.Save(file.FullName);
            if (parsed.GetValue(svg) is { } picture)
                File.WriteAllText(picture.FullName, FleetChart.Draw([("polling", polling), ("push", push)]));
            return report.Rows.Any(row => row.Met == false) ? 1 : 0;
        });
        return command;
    }

    /// <summary>Adds the rows of one way to hear of changes, and returns the long outage for the picture.</summary>
    private static FleetResult Measure(Report report, string name, bool pushes)
    {
        var hour = FleetSimulation.Run(FleetScenario.AnHour(Devices, pushes), Seed);
        report.Add(new Row($"fleet_{name}_peak_after_an_hour", hour.PeakAfter, "requests/s, floor: steady", hour.Steady, 2));
        report.Add(new Row($"fleet_{name}_during_an_hour", hour.MeanDuring, "requests/s, floor: steady", hour.Steady, null));
        var restart = FleetSimulation.Run(FleetScenario.ARestart(Devices, pushes), Seed);
        report.Add(new Row($"fleet_{name}_peak_after_a_restart", restart.PeakAfter, "requests/s, floor: steady", restart.Steady, null));
        return hour;
    }
}
