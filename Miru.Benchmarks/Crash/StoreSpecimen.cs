using System.Text;
using Miru.Agent.Configs;
using Miru.Agent.Deployments;

namespace Miru.Benchmarks.Crash;

/// <summary>
/// A small store as an agent leaves it, and everything that it ever held: what may be served from any damaged copy of it.
/// </summary>
internal sealed class StoreSpecimen
{
    private readonly HashSet<string> _history = [];

    private StoreSpecimen(IReadOnlyDictionary<string, byte[]> files, ConfigSnapshot snapshot)
    {
        Files = files;
        Snapshot = snapshot;
    }

    /// <summary>The store's files by name.</summary>
    public IReadOnlyDictionary<string, byte[]> Files { get; }

    /// <summary>What was acknowledged last.</summary>
    public ConfigSnapshot Snapshot { get; }

    public static StoreSettings Settings(string directory) => new(directory, StoreSettings.LargestConfig, 1024, 3, 100);

    /// <summary>Makes the store in an empty directory.</summary>
    /// <param name="killed">Leave its log as a killed agent does; otherwise it was closed in order.</param>
    public static StoreSpecimen Make(string directory, bool killed)
    {
        var history = new HashSet<string>();
        using var ledger = ConfigLedger.OpenAsIs(Settings(directory), TimeProvider.System);
        for (var release = 1; release <= 3; release++)
        {
            Deploy(ledger, release);
            history.UnionWith(ledger.Snapshot.Configs.Values.Select(Describe));
        }

        var snapshot = ledger.Snapshot;
        if (!killed)
        {
            ledger.Dispose();
        }

        var files = Directory.GetFiles(directory).ToDictionary(file => Path.GetFileName(file), File.ReadAllBytes, StringComparer.Ordinal);
        var specimen = new StoreSpecimen(files, snapshot);
        specimen._history.UnionWith(history);
        return specimen;
    }

    /// <summary>Opens what is in the directory as the agent would at its start, and judges what would be served.</summary>
    /// <returns>What is wrong, or null.</returns>
    public string? Judge(string directory, out StoreVerdict verdict)
    {
        verdict = StoreVerdict.Refused;
        try
        {
            using var ledger = ConfigLedger.Open(Settings(directory), TimeProvider.System, out var recovery);
            var served = ledger.Snapshot;
            verdict = recovery is null ? StoreVerdict.Intact : served.Configs.Count == Snapshot.Configs.Count ? StoreVerdict.RecoveredWhole : StoreVerdict.RecoveredInPart;
            if (served.Configs.Values.FirstOrDefault(config => !_history.Contains(Describe(config))) is { } invented)
            {
                return $"serves what was never there: {Describe(invented)}";
            }

            if (served.Epoch == Snapshot.Epoch && (served.Sequence != Snapshot.Sequence || !served.Configs.Values.Select(Describe).SequenceEqual(Snapshot.Configs.Values.Select(Describe))))
            {
                return $"serves sequence {served.Sequence} in the epoch whose last is {Snapshot.Sequence}";
            }

            // What it would do next must not rest on damage either.
            if (ledger.NextWork(DateTimeOffset.UnixEpoch).Work is ApplyDeployment apply
                && apply.Configs.FirstOrDefault(config => config.FilePath != PathOf(config.ConfigTypeName) || ContentDigest.Of(config.Content.Span) != config.Digest) is { } wrong)
            {
                return $"would write {wrong.FilePath}";
            }

            return recovery is not null && !Directory.Exists(recovery.KeptIn) ? "kept nothing of the damaged store" : null;
        }
        catch (StoreDamageException)
        {
            // Found while it is used: the agent recovers and goes on.
            return Recovers(directory, out verdict);
        }
        catch (Exception failure)
        {
            return $"does not start: {failure.GetType().Name}: {failure.Message}";
        }
    }

    private string? Recovers(string directory, out StoreVerdict verdict)
    {
        using var ledger = ConfigLedger.Open(Settings(directory), TimeProvider.System, out _, new StoreDamageException("found in use"));
        verdict = ledger.Snapshot.Configs.Count == Snapshot.Configs.Count ? StoreVerdict.RecoveredWhole : StoreVerdict.RecoveredInPart;
        return ledger.Snapshot.Configs.Values.All(config => _history.Contains(Describe(config))) ? null : "serves what was never there, after a recovery in use";
    }

    private static void Deploy(ConfigLedger ledger, int release)
    {
        FetchedInstance[] instances = [.. Enumerable.Range(0, 4).Select(i => new FetchedInstance($"inst_{release}_{i}", $"config-{i}", PathOf($"config-{i}")))];
        var previous = release == 1 ? [] : new[] { Listed(release - 1, [], DeploymentTarget.Archived) };
        ledger.Merge([Listed(release, instances, DeploymentTarget.Deployed), .. previous]);
        foreach (var instance in instances)
        {
            ledger.KeepContent(new KeepContent(instance.Id, "application/json", Encoding.UTF8.GetBytes($$"""{"instance":"{{instance.Id}}","gain":{{release}}}""")));
        }

        var work = (ApplyDeployment)ledger.NextWork(DateTimeOffset.UnixEpoch).Work!;
        ledger.Applied(
            new DeploymentApplied(0, work.DeploymentId, [.. work.Configs.Select(config => new PlacedConfig(Slugs.Of(config.ConfigTypeName), "json", config))], [], []),
            DateTimeOffset.UnixEpoch);
    }

    private static FetchedDeployment Listed(int release, IReadOnlyList<FetchedInstance> instances, DeploymentTarget target) =>
        new($"dpl_{release}", $"v{release}", target, DeploymentActivity.Queued, instances);

    // A place that no computer has: the recovery must not find deployed files there.
    private static string PathOf(string name) => $"/nowhere/miru/{name}.json";

    private static string Describe(ConfigVersion config) =>
        $"{config.Slug} {config.Sequence} {config.DeploymentId} {config.Release} {config.Format} {config.FilePath} {Encoding.UTF8.GetString(config.Content.Span)}";
}
