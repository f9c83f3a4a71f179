using System.Text;
using Miru.Agent.Configs;
using Miru.Agent.Deployments;
using Miru.Agent.Tests.Doubles;
using Xunit;

namespace Miru.Agent.Tests.Configs;

/// <summary>A test of one store's rules: no actor, no files, a clock that stands still.</summary>
public abstract class LedgerTest : IDisposable
{
    protected static readonly DateTimeOffset Now = new(2026, 5, 3, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryDirectory _directory = new();

    protected LedgerTest() => Ledger = Open(Now);

    internal ConfigLedger Ledger { get; private set; }

    /// <summary>Of the last opening.</summary>
    internal StoreRecovery? Recovery { get; private set; }

    protected string StateDirectory => _directory.FullName;

    public void Dispose()
    {
        Ledger.Dispose();
        _directory.Dispose();
    }

    private protected static FetchedDeployment Deployment(string id, params string[] instances) => new(
        id, "v1", DeploymentTarget.Deployed, DeploymentActivity.Queued,
        [.. instances.Select(instance => new FetchedInstance(instance, instance, $"/srv/miru/{instance}.json"))]);

    private protected DeploymentApplied Apply(FetchedDeployment deployment, string content, params FetchedDeployment[] others)
    {
        Ledger.Merge([deployment, .. others]);
        foreach (var instance in deployment.Instances)
        {
            Keep(instance.Id, content);
        }

        var work = Assert.IsType<ApplyDeployment>(NextWork());
        Assert.Equal(deployment.Id, work.DeploymentId);
        var applied = Placed(work);
        Assert.True(Ledger.Applied(applied, Now));
        return applied;
    }

    private protected static DeploymentApplied Placed(ApplyDeployment work) =>
        new(0, work.DeploymentId, [.. work.Configs.Select(config => new PlacedConfig(Slugs.Of(config.ConfigTypeName), "json", config))], [], []);

    private protected void Keep(string instance, string content) => Ledger.KeepContent(new KeepContent(instance, null, Encoding.UTF8.GetBytes(content)));

    private protected object? NextWork() => Ledger.NextWork(Now).Work;

    /// <summary>All that is in the outbox.</summary>
    private protected List<StatusReport> Reports()
    {
        // Takes the outbox out, as the reporter does, and puts it back.
        var reports = new List<StatusReport>();
        while (Ledger.Reports.Oldest() is { } report)
        {
            reports.Add(report);
            Ledger.Reports.Remove(report.Id);
        }

        foreach (var report in reports)
        {
            Ledger.Reports.Add(
                new DeploymentRecord(report.DeploymentId, "v1", DeploymentTarget.Deployed, report.Activity, report.Error, null, 0, null, null, null), report.DeployedAt, report.ArchivedAt);
        }

        return reports;
    }

    /// <param name="damage">SQL that spoils the file meanwhile.</param>
    /// <param name="known">Damage that was found before.</param>
    private protected void Reopen(DateTimeOffset? now = null, string? damage = null, StoreDamageException? known = null)
    {
        Ledger.Dispose();
        if (damage is not null)
        {
            Stores.Sql(StateDirectory, damage);
        }

        Ledger = Open(now ?? Now, known);
    }

    private ConfigLedger Open(DateTimeOffset now, StoreDamageException? known = null)
    {
        var opened = ConfigLedger.Open(Stores.Settings(StateDirectory), new VirtualTime(now), out var recovery, known);
        Recovery = recovery;
        return opened;
    }
}
