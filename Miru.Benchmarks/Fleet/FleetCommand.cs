using System.CommandLine;
using Miru.Benchmarks.Reporting;

namespace Miru.Benchmarks.Fleet;

/// <summary><c>fleet</c>: what ten thousand agents do to a cloud that was gone for an hour.</summary>
internal static class FleetCommand
{
    private const int Seed = 7;

    public static Command Create(Option<FileInfo?> json)
    {
        var svg = new Option<FileInfo?>("--svg") { Description = "Also draw the request rate over time into this file." };
        var devices = new Option<int>("--devices") { Description = "How many agents.", DefaultValueFactory = _ => 10_000 };
        var command = new Command("fleet", "The requests of a fleet of agents around an outage, on a virtual clock; exits 1 if they come back as a herd.") { json, svg, devices };
        command.SetAction(parsed =>
        {
            var report = new Report();
            var polling = Measure(report, "polling", parsed.GetValue(devices), pushes: false);
            var push = Measure(report, "push", parsed.GetValue(devices), pushes: true);
            if (parsed.GetValue(json) is { } file)
                report.Save(file.FullName);
            if (parsed.GetValue(svg) is { } picture)
                File.WriteAllText(picture.FullName, FleetChart.Draw([("polling", polling), ("push", push)]));
            return report.Rows.Any(row => row.Met == false) ? 1 : 0;
        });
        return command;
    }

    /// <summary>Adds the rows of one way to hear of changes, and returns the long outage for the picture.</summary>
    private static FleetResult Measure(Report report, string name, int devices, bool pushes)
    {
        var hour = FleetSimulation.Run(FleetScenario.AnHour(devices, pushes), Seed);
        report.Add(new Row($"fleet_{name}_peak_after_an_hour", hour.PeakAfter, "requests/s, floor: steady", hour.Steady, 2));
        report.Add(new Row($"fleet_{name}_during_an_hour", hour.MeanDuring, "requests/s, floor: steady", hour.Steady, null));
        AddPeak(report, $"fleet_{name}_peak_after_a_restart", FleetScenario.ARestart(devices, pushes));
        if (pushes)
            AddPeak(report, $"fleet_{name}_peak_after_an_orderly_restart", FleetScenario.ARestart(devices, pushes) with { SaysGoodbye = true });
        AddPeak(report, $"fleet_{name}_peak_after_an_hour_with_a_deployment", FleetScenario.AnHour(devices, pushes) with { DeploysMeanwhile = true }, bounded: false);
        return hour;
    }

    private static void AddPeak(Report report, string row, FleetScenario scenario, bool bounded = true)
    {
        var result = FleetSimulation.Run(scenario, Seed);
        report.Add(new Row(row, result.PeakAfter, "requests/s, floor: steady", result.Steady, bounded ? 2 : null));
    }
}
