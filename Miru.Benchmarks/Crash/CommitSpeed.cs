using System.Globalization;
using Miru.Benchmarks.Link.Processes;
using Miru.Benchmarks.Measuring;
using Miru.Benchmarks.Reporting;

namespace Miru.Benchmarks.Crash;

/// <summary>
/// The way of one 1 KiB config from the cloud's answer to the finished apply, by the agent's own store and file code in the form in which it is
/// published, beside a C program that does the same writes and syncs on the same disk. A robot's agent commits seldom: the first commits of a
/// process are reported beside those of one that has done it often.
/// </summary>
internal static class CommitSpeed
{
    private const int Processes = 5;
    private const int Early = 30;
    private const int Often = 2000;
    private const int Rounds = 9;
    private const int PerRound = 50;

    public static async Task RunAsync(string folder, string tools, Report report, CrashTally tally)
    {
        if (CrashTools.Build("bare-commit", tools, out var why) is not { } bare)
        {
            tally.Skip("speed", why);
            return;
        }
        var published = ReadyToRun.Publish(Directory.CreateDirectory(Path.Combine(folder, "program")));
        var note = published is null ? "compiled at run time: the ahead-of-time compiler cannot be restored" : null;
        async Task<IEnumerable<double>> Bare(string name, int rounds)
        {
            var own = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
            return CommitLoop.Read(await Executable.RunAsync(null, bare, own, rounds.ToString(CultureInfo.InvariantCulture)));
        }

        var (first, early, earlyFloor) = (new List<double>(), new List<double>(), new List<double>());
        for (var process = 0; process < Processes; process++)
        {
            using var agent = new CommitLoop(Path.Combine(folder, $"agent-{process}"), published);
            first.AddRange(agent.Run(1));
            early.AddRange(agent.Run(Early));
            // In a folder of its own: the log of a store that was just opened still grows, and a sync that must allocate costs more.
            earlyFloor.AddRange((await Bare($"floor-{process}", 1 + Early)).Skip(1));
        }
        var (often, oftenFloor) = (new List<double>(), new List<double>());
        using (var agent = new CommitLoop(Path.Combine(folder, "agent"), published))
        {
            agent.Run(Often);
            await Bare("floor", Often);
            for (var round = 0; round < Rounds; round++)
            {
                often.AddRange(agent.Run(PerRound));
                oftenFloor.AddRange(await Bare("floor", PerRound));
            }
        }
        report.Add(new Row("commit_1kib", Measuring.Rounds.Median([.. often]), "us", Measuring.Rounds.Median([.. oftenFloor]), 1.5) { Note = note });
        report.Add(new Row("commit_1kib_2nd_to_31st", Measuring.Rounds.Median([.. early]), "us", Measuring.Rounds.Median([.. earlyFloor]), null) { Note = note });
        report.Add(new Row("commit_1kib_1st", Measuring.Rounds.Median([.. first]), "us", Measuring.Rounds.Median([.. earlyFloor]), null) { Note = note });
    }
}
