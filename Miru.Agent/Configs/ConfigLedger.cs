using Miru.Agent.Deployments;

namespace Miru.Agent.Configs;

/// <summary>
/// The store's rules over its tables: what each message changes, in one transaction each. Synchronous and without actors; whatever a
/// method changed is on the disk when it returns, and nothing has changed when it throws.
/// </summary>
internal sealed class ConfigLedger : IDisposable
{
    private readonly LedgerTables _tables;
    private readonly DeploymentIntake _intake;
    private readonly DeploymentOutcomes _outcomes;
    private readonly DeploymentAgenda _agenda;
    private readonly ApplyProgress _progress;

    private ConfigLedger(StoreSettings settings, ConfigDatabase database, DateTimeOffset now)
    {
        _tables = new LedgerTables(database);
        _intake = new DeploymentIntake(_tables);
        _outcomes = new DeploymentOutcomes(settings, _tables);
        _progress = new ApplyProgress(_tables);
        _agenda = new DeploymentAgenda(_tables, _outcomes, _progress);
        Snapshot = Load(now);
    }

    /// <summary>What is current and durable.</summary>
    public ConfigSnapshot Snapshot { get; private set; }

    /// <summary>Configs whose bytes were found damaged at the start; they are fetched again.</summary>
    public IReadOnlyList<ConfigVersion> Damaged { get; private set; } = [];

    public ReportTable Reports => _tables.Reports;

    /// <exception cref="StoreException">The store cannot be used.</exception>
    public static ConfigLedger Open(StoreSettings settings, DateTimeOffset now) =>
        new(settings, ConfigDatabase.Open(Path.Combine(settings.Directory, "store.db")), now);

    /// <inheritdoc cref="DeploymentIntake.Missing"/>
    public IReadOnlyList<string> Missing(IEnumerable<FetchedDeployment> listed) => _intake.Missing(listed);

    public void KeepContent(KeepContent content) => _intake.Keep(content);

    public void RefuseContent(RefuseContent refusal) => _intake.Refuse(refusal);

    /// <inheritdoc cref="DeploymentIntake.Merge"/>
    public void Merge(IReadOnlyList<FetchedDeployment> listed) => _intake.Merge(listed);

    /// <inheritdoc cref="DeploymentAgenda.Concerning"/>
    public IReadOnlyList<DeploymentRecord> Concerning() => _agenda.Concerning();

    /// <inheritdoc cref="DeploymentAgenda.NextWork"/>
    public DeploymentCommand? NextWork(DateTimeOffset now, out DateTimeOffset? retryAt, out bool conflict) => _agenda.NextWork(now, out retryAt, out conflict);

    /// <inheritdoc cref="ApplyProgress.Recovery"/>
    public DeploymentCommand? Recovery() => _progress.Recovery();

    /// <inheritdoc cref="ApplyProgress.Commit"/>
    public SwitchDeployment Commit(DeploymentStaged staged) => _progress.Commit(staged);

    /// <inheritdoc cref="ApplyProgress.RolledBack"/>
    public void RolledBack(DeploymentRolledBack back) => _progress.RolledBack(back);

    /// <summary>The deployment is in place: it becomes current, what was current is archived, and the snapshot advances by one.</summary>
    /// <returns>False if this was known already.</returns>
    public bool Applied(DeploymentApplied applied, DateTimeOffset now) => Advance(_outcomes.Applied(Snapshot, applied, now));

    /// <summary>Its files are gone and nothing took their place: no config is current any more.</summary>
    /// <returns>False if this was known already.</returns>
    public bool Withdrawn(DeploymentWithdrawn withdrawn, DateTimeOffset now) => Advance(_outcomes.Withdrawn(Snapshot, withdrawn, now));

    /// <inheritdoc cref="DeploymentOutcomes.Refused"/>
    public void Refused(DeploymentRefused refused) => _outcomes.Refused(refused);

    /// <inheritdoc cref="DeploymentOutcomes.Failed"/>
    public void Failed(DeploymentFailed failed, DateTimeOffset now) => _outcomes.Failed(failed, now);

    /// <inheritdoc cref="DeploymentOutcomes.SwitchFailed"/>
    public void SwitchFailed(SwitchFailed failed, DateTimeOffset now) => _outcomes.SwitchFailed(failed, now);

    public void Dispose() => _tables.Database.Dispose();

    private bool Advance(ConfigSnapshot? next)
    {
        Snapshot = next ?? Snapshot;
        return next is not null;
    }

    private ConfigSnapshot Load(DateTimeOffset now)
    {
        var loaded = _tables.Snapshots.Load(out var damaged);
        Damaged = damaged;
        _tables.Database.Transact(() =>
        {
            foreach (var lost in damaged)
            {
                _tables.Contents.Drop(lost.Digest);
                _tables.Snapshots.Forget(lost);
            }

            foreach (var record in _tables.Deployments.All())
            {
                // A deployment with lost bytes is to be applied anew.
                var lost = damaged.Any(config => config.DeploymentId == record.Id);
                _tables.Deployments.Save(record.Resumed(now) with { Activity = lost ? DeploymentActivity.Queued : record.Activity });
            }

            if (damaged.Count > 0)
            {
                loaded = loaded with { Epoch = _tables.Snapshots.StartEpoch() };
            }
        });
        return loaded;
    }
}
