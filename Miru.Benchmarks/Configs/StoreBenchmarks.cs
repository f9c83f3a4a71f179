using System.Diagnostics;
using System.Globalization;
using System.Text;
using Miru.Agent.Configs;
using Miru.Agent.Deployments;
using Miru.Benchmarks.Measuring;
using Miru.Benchmarks.Reporting;

namespace Miru.Benchmarks.Configs;

/// <summary>
/// How long opening a store takes before its configs can be served, each time in a process of its own and in the form in which agents are
/// published, as at a start.
/// </summary>
internal static class StoreBenchmarks
{
    private const int Rounds = 15;
    private const int Configs = 1000;

    public static void Run(Report report)
    {
        var root = Directory.CreateTempSubdirectory("miru-store-");
        try
        {
            var (empty, full) = (Path.Combine(root.FullName, "empty"), Path.Combine(root.FullName, "full"));
            Fill(empty, 0);
            Fill(full, Configs);
            var program = ReadyToRun.Publish(root.CreateSubdirectory("program"));
            var (emptyTimes, fullTimes) = (new double[Rounds], new double[Rounds]);
            for (var round = 0; round < Rounds; round++)
            {
                emptyTimes[round] = Open(empty, program);
                fullTimes[round] = Open(full, program);
            }

            var (without, with) = (Measuring.Rounds.Median(emptyTimes), Measuring.Rounds.Median(fullTimes));
            report.Add(new Row("open_empty_store", without, "ms", null, null));
            report.Add(new Row("open_1000_configs", with, "ms", null, null));
            report.Add(new Row("open_1000_configs_more", with - without, "ms", null, 50));
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    /// <summary>In the child: opens, and says how many milliseconds that took.</summary>
    public static void RunChild()
    {
        var directory = Console.In.ReadLine()!;
        var begun = Stopwatch.GetTimestamp();
        using var ledger = ConfigLedger.OpenAsIs(Settings(directory), TimeProvider.System);
        Console.WriteLine(Stopwatch.GetElapsedTime(begun).TotalMilliseconds.ToString("r", CultureInfo.InvariantCulture));
    }

    private static double Open(string directory, string? program)
    {
        using var child = Child.Start("open-store", program);
        child.StandardInput.WriteLine(directory);
        child.StandardInput.Close();
        var answer = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return double.Parse(answer, CultureInfo.InvariantCulture);
    }

    private static StoreSettings Settings(string directory) => new(directory, StoreSettings.LargestConfig, 1024, 3, 100);

    private static void Fill(string directory, int configs)
    {
        Directory.CreateDirectory(directory);
        using var ledger = ConfigLedger.OpenAsIs(Settings(directory), TimeProvider.System);
        if (configs == 0)
        {
            return;
        }

        FetchedInstance[] instances = [.. Enumerable.Range(0, configs).Select(i => new FetchedInstance($"inst_{i}", $"config-{i}", $"/srv/miru/config-{i}.json"))];
        foreach (var instance in instances)
        {
            ledger.KeepContent(new KeepContent(instance.Id, "application/json", Encoding.UTF8.GetBytes($$"""{"instance":"{{instance.Id}}","text":"{{new string('x', 900)}}"}""")));
        }

        ledger.Merge([new FetchedDeployment("dpl_1", "v1", DeploymentTarget.Deployed, DeploymentActivity.Queued, instances)]);
        var work = (ApplyDeployment)ledger.NextWork(DateTimeOffset.UnixEpoch).Work!;
        ledger.Applied(
            new DeploymentApplied(0, work.DeploymentId, [.. work.Configs.Select(config => new PlacedConfig(config.ConfigTypeName, "json", config))], [], []),
            DateTimeOffset.UnixEpoch);
    }
}
