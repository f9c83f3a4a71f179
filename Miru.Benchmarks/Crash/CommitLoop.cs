using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Miru.Agent.Configs;
using Miru.Agent.Deployments;
using Miru.Agent.Deployments.Files;
using Miru.Agent.Settings;
using Miru.Benchmarks.Measuring;

namespace Miru.Benchmarks.Crash;

/// <summary>A process that does nothing but take over and apply deployments of one 1 KiB config, as many as it is told at a time.</summary>
internal sealed class CommitLoop : IDisposable
{
    private const string Name = "commit-loop";

    private readonly Process _child;

    /// <param name="program">The dll to run; this one if null.</param>
    public CommitLoop(string folder, string? program)
    {
        _child = Child.Start(Name, program);
        _child.StandardInput.WriteLine(folder);
    }

    /// <returns>Microseconds of each.</returns>
    public IReadOnlyList<double> Run(int count)
    {
        _child.StandardInput.WriteLine(count.ToString(CultureInfo.InvariantCulture));
        return [.. Read(_child.StandardOutput.ReadLine()!)];
    }

    /// <summary>Nanoseconds, separated by white space, as microseconds.</summary>
    public static IEnumerable<double> Read(string times) =>
        times.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(time => double.Parse(time, CultureInfo.InvariantCulture) / 1000);

    public void Dispose()
    {
        _child.StandardInput.Close();
        _child.WaitForExit();
        _child.Dispose();
    }

    /// <summary>Not for people: the process itself.</summary>
    public static Command Create()
    {
        var command = new Command(Name) { Hidden = true };
        command.SetAction(_ =>
        {
            using var agent = new Applies(Console.In.ReadLine()!);
            while (Console.In.ReadLine() is { } count)
                Console.WriteLine(string.Join(' ', Enumerable.Range(0, int.Parse(count, CultureInfo.InvariantCulture)).Select(_ => agent.Next().TotalNanoseconds.ToString("0", CultureInfo.InvariantCulture))));
        });
        return command;
    }

    private sealed class Applies : IDisposable
    {
        private readonly FileRules _rules;
        private readonly ConfigLedger _ledger;
        private readonly string _path;
        private int _number;

        public Applies(string folder)
        {
            _path = Path.Combine(folder, "configs", "config.json");
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            var reference = AgentSettingsLoader.Load(AgentSettingsLoader.ReferenceText(), null, _ => null);
            _rules = reference.Deployments.Files with { AllowedRoots = [Path.GetDirectoryName(_path)!] };
            _ledger = ConfigLedger.OpenAsIs(reference.Store with { Directory = folder }, TimeProvider.System);
        }

        /// <summary>What the store does with the poller's messages and the deployer with its commands, in their order.</summary>
        public TimeSpan Next()
        {
            var bytes = Encoding.UTF8.GetBytes($"{{\"n\":{++_number},\"filling\":\"{new string('x', 1000)}\"}}");
            List<FetchedDeployment> listed = [Listed(_number, DeploymentTarget.Deployed)];
            if (_number > 1)
                listed.Add(Listed(_number - 1, DeploymentTarget.Archived));
            var began = Stopwatch.GetTimestamp();
            Apply(new KeepContent($"inst_{_number}", "application/json", bytes), listed);
            return Stopwatch.GetElapsedTime(began);
        }

        public void Dispose() => _ledger.Dispose();

        private void Apply(KeepContent content, List<FetchedDeployment> listed)
        {
            _ledger.KeepContent(content);
            DeploymentCommand? next = null;
            _ledger.Together(() =>
            {
                _ledger.Merge(listed);
                next = _ledger.NextWork(DateTimeOffset.UnixEpoch).Work;
            });
            var work = (ApplyDeployment)next!;
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
