using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Miru.Agent.Configs;
using Miru.Agent.Deployments;
using Miru.Agent.Deployments.Files;
using Miru.Agent.Tests.Doubles;
using Xunit;

namespace Miru.Agent.Tests.Configs;

/// <summary>Whatever is done to a store, and wherever the agent is killed: it holds what a simple model of it holds.</summary>
public sealed class StoreProperties
{
    private static readonly string[] Slugs = ["a", "b", "c"];

    public enum Step
    {
        Publish,
        Begin,
        Decide,
        Finish,
        Fail,
        RollBack,
        Withdraw,
        Close,
        Kill,
    }

    [Fact]
    public void What_was_acknowledged_is_there_after_every_kill()
    {
        var steps = Gen.Frequency(
            (3, Gen.Constant(Step.Publish)), (4, Gen.Constant(Step.Begin)), (3, Gen.Constant(Step.Decide)), (4, Gen.Constant(Step.Finish)),
            (1, Gen.Constant(Step.Fail)), (1, Gen.Constant(Step.RollBack)), (1, Gen.Constant(Step.Withdraw)), (1, Gen.Constant(Step.Close)), (4, Gen.Constant(Step.Kill)));
        Prop.ForAll(Gen.ListOf(Gen.Zip(steps, Gen.Choose(0, 63))).ToArbitrary(), run =>
        {
            using var store = new Run();
            foreach (var (step, chance) in run)
            {
                store.Do(step, chance);
                store.Check();
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60).WithEndSize(40));
    }

    private sealed class Run : IDisposable
    {
        private readonly string _root = Directory.CreateDirectory(Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"miru-{Guid.NewGuid():n}")).FullName;
        private readonly Dictionary<string, Dictionary<string, string>> _published = [];
        private readonly List<string> _applied = [];
        private Dictionary<string, string> _current = [];
        private ConfigLedger _ledger;
        private string _directory;
        private ApplyDeployment? _begun;
        private SwitchDeployment? _decided;
        private int _lives;
        private int _deployments;
        private long _sequence;
        private string _epoch;

        public Run()
        {
            _directory = Directory.CreateDirectory(Path.Combine(_root, "0")).FullName;
            _ledger = Stores.Open(_directory);
            _epoch = _ledger.Snapshot.Epoch;
        }

        public void Do(Step step, int chance)
        {
            switch (step)
            {
                case Step.Publish:
                    Publish(chance);
                    break;
                case Step.Begin:
                    Begin();
                    break;
                case Step.Decide when _begun is { } begun && _decided is null:
                    _decided = _ledger.Commit(Staged(begun));
                    break;
                case Step.Finish when _decided is { } decided:
                    Apply(decided);
                    break;
                case Step.Fail when _begun is { } begun && _decided is null:
                    _ledger.Failed(new DeploymentFailed(0, begun.DeploymentId, "disk full", TimeSpan.Zero), DateTimeOffset.UnixEpoch);
                    _begun = null;
                    break;
                case Step.RollBack when _begun is null:
                    _ledger.Rollback(null, $"{chance}-{_lives}-{_sequence}");
                    break;
                case Step.Withdraw when _begun is null && _deployments > 0:
                    _ledger.Merge([Listed(_deployments, DeploymentTarget.Archived)]);
                    break;
                case Step.Close:
                    _ledger.Dispose();
                    Reopen(_directory);
                    break;
                case Step.Kill:
                    Kill();
                    break;
            }
        }

        public void Check()
        {
            Assert.Equal((_epoch, _sequence), (_ledger.Snapshot.Epoch, _ledger.Snapshot.Sequence));
            Assert.Equal(
                _current.OrderBy(config => config.Key, StringComparer.Ordinal).Select(config => (config.Key, config.Value)),
                _ledger.Snapshot.Configs.Values.Select(config => (config.Slug, Encoding.UTF8.GetString(config.Content.Span))));
            var kept = _ledger.Generations().Where(generation => generation.IsComplete).Select(generation => generation.DeploymentId).ToHashSet();
            Assert.All(_applied.AsEnumerable().Reverse().Distinct().Take(3), id => Assert.Contains(id, kept));
        }

        public void Dispose()
        {
            _ledger.Dispose();
            Directory.Delete(_root, recursive: true);
        }

        private void Publish(int chance)
        {
            var number = ++_deployments;
            var configs = Slugs.Where((_, i) => (chance & (1 << i)) != 0).DefaultIfEmpty("a").ToDictionary(slug => slug, slug => $"{slug}{number}{chance & 56}");
            _published[$"dpl_{number}"] = configs;
            foreach (var (slug, content) in configs)
            {
                _ledger.KeepContent(new KeepContent($"inst_{number}_{slug}", null, Encoding.UTF8.GetBytes(content)));
            }

            _ledger.Merge([Listed(number, DeploymentTarget.Deployed), .. number == 1 ? [] : new[] { Listed(number - 1, DeploymentTarget.Archived) }]);
        }

        private void Begin()
        {
            if (_begun is not null)
            {
                return;
            }

            switch (_ledger.NextWork(DateTimeOffset.UnixEpoch).Work)
            {
                case ApplyDeployment apply:
                    _begun = apply;
                    break;
                case SwitchDeployment decided:
                    Apply(decided);
                    break;
                case RollBackDeployment back:
                    _ledger.RolledBack(new DeploymentRolledBack(0, back.DeploymentId, []));
                    break;
                case WithdrawDeployment withdraw:
                    Assert.True(_ledger.Withdrawn(new DeploymentWithdrawn(0, withdraw.DeploymentId, [], []), DateTimeOffset.UnixEpoch));
                    (_current, _sequence) = ([], _sequence + 1);
                    break;
            }
        }

        private void Apply(SwitchDeployment decided)
        {
            if (_ledger.Applied(new DeploymentApplied(0, decided.DeploymentId, decided.Configs, [], []), DateTimeOffset.UnixEpoch))
            {
                (_current, _sequence) = (_published[decided.DeploymentId], _sequence + 1);
                _applied.Add(decided.DeploymentId);
            }

            (_begun, _decided) = (null, null);
        }

        /// <summary>What a kill leaves: the files as they are while the store is open.</summary>
        private void Kill()
        {
            var next = Directory.CreateDirectory(Path.Combine(_root, $"{++_lives}")).FullName;
            foreach (var file in Directory.GetFiles(_directory))
            {
                File.Copy(file, Path.Combine(next, Path.GetFileName(file)));
            }

            _ledger.Dispose();
            Directory.Delete(_directory, recursive: true);
            Reopen(next);
        }

        private void Reopen(string directory)
        {
            _directory = directory;
            _ledger = ConfigLedger.Open(Stores.Settings(directory), TimeProvider.System, out var recovery);
            Assert.Null(recovery);
            (_begun, _decided) = (null, null);
            switch (_ledger.Recovery())
            {
                case SwitchDeployment decided:
                    Apply(decided);
                    break;
                case RollBackDeployment back:
                    _ledger.RolledBack(new DeploymentRolledBack(0, back.DeploymentId, []));
                    break;
            }
        }

        private FetchedDeployment Listed(int number, DeploymentTarget target) => new(
            $"dpl_{number}", $"v{number}", target, DeploymentActivity.Queued,
            [.. _published[$"dpl_{number}"].Keys.Select(slug => new FetchedInstance($"inst_{number}_{slug}", slug, $"/srv/miru/{slug}.json"))]);

        private static DeploymentStaged Staged(ApplyDeployment work) => new(
            0, work.DeploymentId, [.. work.Configs.Select(config => new PlacedConfig(config.ConfigTypeName, "json", config))],
            new SwitchPlan([.. work.Configs.Select(config => new PlannedFile(config.FilePath, config.Digest, Staged: true))], []), [], work.Failures);
    }
}
