using System.Diagnostics;
using System.Globalization;
using System.Text;
using Miru.Agent.Configs;
using Miru.Agent.Deployments;
using Miru.Agent.Deployments.Files;
using Miru.Agent.Settings;
using Miru.Benchmarks.Link.Processes;
using Miru.Benchmarks.Measuring;
using Miru.Benchmarks.Reporting;

namespace Miru.Benchmarks.Crash;

/// <summary>
/// The way of one 1 KiB config from the cloud's answer to the finished apply, by the agent's own store and file code, beside a C program that
/// does the same syncs on the same disk.
/// </summary>
internal static class CommitSpeed
{
    private const int Rounds = 7;
    private const int PerRound = 30;

    public static async Task RunAsync(string folder, string tools, Report report, CrashTally tally)
    {
        if (CrashTools.Build("bare-commit", tools, out var why) is not { } bare)
        {
            tally.Skip("speed", why);
            return;
        }
        var floor = Directory.CreateDirectory(Path.Combine(folder, "floor")).FullName;
        using var agent = new Commits(Directory.CreateDirectory(Path.Combine(folder, "agent")).FullName);
        var (ours, theirs) = (new List<double>(), new List<double>());
        agent.Run(PerRound);
        for (var round = 0; round < Rounds; round++)
        {
            ours.AddRange(agent.Run(PerRound));
            var lines = await Executable.RunAsync(null, bare, floor, PerRound.ToString(CultureInfo.InvariantCulture));
            theirs.AddRange(lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => double.Parse(line, CultureInfo.InvariantCulture) / 1000));
        }
        report.Add(new Row("commit_1kib", Measuring.Rounds.Median([.. ours]), "us", Measuring.Rounds.Median([.. theirs]), 1.5));
    }

    private sealed class Commits : IDisposable
    {
        private readonly FileRules _rules;
        private readonly ConfigLedger _ledger;
        private readonly string _path;
        private int _number;

        public Commits(string folder)
        {
            _path = Path.Combine(folder, "configs", "config.json");
            var reference = AgentSettingsLoader.Load(AgentSettingsLoader.ReferenceText(), null, _ => null);
            _rules = reference.Deployments.Files with { AllowedRoots = [Path.GetDirectoryName(_path)!] };
            _ledger = ConfigLedger.OpenAsIs(reference.Store with { Directory = folder }, TimeProvider.System);
        }

        public List<double> Run(int count)
        {
            var microseconds = new List<double>(count);
            for (var i = 0; i < count; i++)
            {
                var began = Stopwatch.GetTimestamp();
                Apply(++_number);
                microseconds.Add(Stopwatch.GetElapsedTime(began).TotalMicroseconds);
            }
            return microseconds;
        }

        public void Dispose() => _ledger.Dispose();

        private void Apply(int number)
        {
            var bytes = Encoding.UTF8.GetBytes($"{{\"n\":{number},\"filling\":\"{new string('x', 1000)}\"}}");
            List<FetchedDeployment> listed = [Listed(number, DeploymentTarget.Deployed)];
            if (number > 1)
                listed.Add(Listed(number - 1, DeploymentTarget.Archived));
            _ledger.KeepContent(new KeepContent($"inst_{number}", "application/json", bytes));
            _ledger.Merge(listed);
            var work = (ApplyDeployment)_ledger.NextWork(DateTimeOffset.UnixEpoch, out _, out _)!;
            _ = Preconditions.Check(work, _rules, out var placed);
            var files = new PosixFileSystem();
            var plan = new FileStaging(files, _rules).Stage(
                [.. placed.Select(config => new WantedFile(config.Config.FilePath, config.Config.Digest, config.Config.Content))], work.Owned, []);
            var decided = _ledger.Commit(new DeploymentStaged(0, work.DeploymentId, placed, plan, [], 0));
            new FileSwitch(files, _rules).Run(decided.Plan, new Dictionary<string, ReadOnlyMemory<byte>>(), verify: false, []);
            _ledger.Applied(new DeploymentApplied(0, work.DeploymentId, placed, [], []), DateTimeOffset.UnixEpoch);
        }

        private FetchedDeployment Listed(int number, DeploymentTarget target) => new(
            $"dpl_{number}", "v1", target, DeploymentActivity.Queued, [new FetchedInstance($"inst_{number}", "config", _path)]);
    }
}
