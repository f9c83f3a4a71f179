using Microsoft.Data.Sqlite;
using Miru.Agent.Deployments;
using Miru.Agent.Deployments.Drift;
using Miru.Agent.Deployments.Files;

namespace Miru.Agent.Configs;

/// <summary>
/// The store's rules over its tables: what each message changes, in one transaction each. Synchronous and without actors; whatever a
/// method changed is on the disk when it returns, and nothing has changed when it throws.
/// </summary>
/// <remarks>Whatever reads may find damage and throw <see cref="StoreDamageException"/>; opening again recovers what is good.</remarks>
internal sealed class ConfigLedger : IDisposable
{
    private readonly LedgerTables _tables;
    private readonly DeploymentIntake _intake;
    private readonly DeploymentOutcomes _outcomes;
    private readonly DeploymentAgenda _agenda;
    private readonly ApplyProgress _progress;
    private readonly DeploymentRollback _rollback;
    private readonly DriftLedger _drift;

    private ConfigLedger(StoreSettings settings, LedgerTables tables, DateTimeOffset now)
    {
        _tables = tables;
        _rollback = new DeploymentRollback(tables);
        _intake = new DeploymentIntake(tables, _rollback, settings.GenerationsKept);
        _outcomes = new DeploymentOutcomes(settings, tables, _rollback);
        _progress = new ApplyProgress(tables);
        _drift = new DriftLedger(tables);
        _agenda = new DeploymentAgenda(tables, _outcomes, _progress);
        Snapshot = Load(now);
        tables.TrustLog(isSound: true);
    }

    /// <summary>What is current and durable.</summary>
    public ConfigSnapshot Snapshot { get; private set; }

    public ReportTable Reports => _tables.Reports;

    public EventTable Events => _tables.Events;

    /// <summary>Transactions that the store has held; grows with each.</summary>
    public long Commits => _tables.Commits;

    /// <summary>Opens the store; a damaged one is set aside and what is good of it goes on in a new one.</summary>
    /// <param name="known">Damage that was found before; the store is not tried as it is.</param>
    /// <param name="recovery">What was lost and where the damaged files are; null if nothing was damaged.</param>
    /// <exception cref="StoreException">The store cannot be used.</exception>
    public static ConfigLedger Open(StoreSettings settings, TimeProvider time, out StoreRecovery? recovery, StoreDamageException? known = null)
    {
        StoreRecovery.FinishInterrupted(settings.Files);
        var damage = known;
        if (damage is null)
        {
            try
            {
                recovery = null;
                return OpenAsIs(settings, time);
            }
            catch (StoreDamageException found)
            {
                damage = found;
            }
        }

        recovery = StoreRecovery.Run(settings, time, damage);
        try
        {
            return OpenAsIs(settings, time);
        }
        catch (StoreDamageException again)
        {
            throw new StoreException($"The store in '{settings.Directory}' was damaged and its successor is too ({again.Message}). The disk does not keep what it is given: replace it, or set another miru.state-directory.", again);
        }
    }

    /// <exception cref="StoreDamageException">The store is damaged; nothing was changed.</exception>
    /// <exception cref="StoreException">The store cannot be used.</exception>
    public static ConfigLedger OpenAsIs(StoreSettings settings, TimeProvider time)
    {
        var mark = StoreMark.Open(settings.Files.Mark);
        LedgerTables? tables = null;
        try
        {
            tables = new LedgerTables(ConfigDatabase.Open(settings.Files.Database, hasHistory: mark.Commits > 0), mark, time, settings.EventsKept);
            return new ConfigLedger(settings, tables, time.GetUtcNow());
        }
        catch (SqliteException refused)
        {
            tables?.Dispose();
            mark.Dispose();
            throw new StoreException($"The store in '{settings.Directory}' cannot be used: {refused.Message.TrimEnd('.')}. Check the free space and the health of its disk.", refused);
        }
        catch
        {
            tables?.Dispose();
            mark.Dispose();
            throw;
        }
    }

    /// <summary>Nothing ever happened in it.</summary>
    public bool IsUntouched => Snapshot.Sequence == 0 && Events.Newest(1).Count == 0;

    /// <inheritdoc cref="DeploymentIntake.Missing"/>
    public IReadOnlyList<string> Missing(IEnumerable<FetchedDeployment> listed) => _intake.Missing(listed);

    public void KeepContent(KeepContent content) => _intake.Keep(content);

    public void RefuseContent(RefuseContent refusal) => _intake.Refuse(refusal);

    /// <inheritdoc cref="DeploymentIntake.Merge"/>
    public void Merge(IReadOnlyList<FetchedDeployment> listed) => _intake.Merge(listed);

    /// <summary>Several of these as one transaction: durable when all are.</summary>
    public void Together(Action work) => _tables.Transact(work);

    /// <inheritdoc cref="DeploymentAgenda.Concerning"/>
    public IReadOnlyList<DeploymentRecord> Concerning() => _agenda.Concerning();

    /// <inheritdoc cref="DeploymentAgenda.NextWork"/>
    public WorkPlan NextWork(DateTimeOffset now) => _agenda.NextWork(now);

    /// <inheritdoc cref="ApplyProgress.Recovery"/>
    public DeploymentCommand? Recovery() => _progress.Recovery();

    /// <inheritdoc cref="ApplyProgress.Commit"/>
    public SwitchDeployment Commit(DeploymentStaged staged) => _progress.Commit(staged);

    /// <inheritdoc cref="ApplyProgress.RolledBack"/>
    public void RolledBack(DeploymentRolledBack back) => _progress.RolledBack(back);

    /// <summary>Writes down what became of the deployer's command.</summary>
    /// <param name="today">The wall clock, for people to read.</param>
    /// <param name="now">What decides when something is due.</param>
    /// <returns>Whether the snapshot advanced.</returns>
    public bool Conclude(DeploymentOutcome outcome, DateTimeOffset today, DateTimeOffset now)
    {
        switch (outcome)
        {
            case DeploymentApplied applied:
                return Applied(applied, today);
            case DeploymentWithdrawn withdrawn:
                return Withdrawn(withdrawn, today);
            case DeploymentRefused refused:
                Refused(refused);
                return false;
            case DeploymentFailed failed:
                Failed(failed, now);
                return false;
            case SwitchFailed failed:
                SwitchFailed(failed, now);
                return false;
            case DeploymentRolledBack back:
                RolledBack(back);
                return false;
            case FilesRestored restored:
                Checked(restored);
                return false;
            default:
                throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "Not an outcome that ends a command.");
        }
    }

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

    /// <summary>Files of the current configs.</summary>
    public IReadOnlyList<OwnedFile> Files => DriftLedger.Files(Snapshot);

    /// <inheritdoc cref="DriftLedger.Check"/>
    public RestoreFiles? Check(CheckSuspects suspected) => _drift.Check(Snapshot, suspected);

    /// <inheritdoc cref="DriftLedger.Checked"/>
    public void Checked(FilesRestored restored) => _drift.Checked(restored);

    /// <inheritdoc cref="DriftLedger.Healed"/>
    public void Healed(FilesHealed healed) => _drift.Healed(Snapshot, healed);

    /// <inheritdoc cref="DeploymentRollback.Generations"/>
    public IReadOnlyList<Generation> Generations() => _rollback.Generations();

    /// <inheritdoc cref="DeploymentRollback.Request"/>
    public RollbackResult Rollback(string? to, string requestId) => _rollback.Request(to, requestId);

    /// <summary>The cloud has taken this report, or never will.</summary>
    public void ForgetReport(long id) => _tables.Transact(() => _tables.Reports.Remove(id));

    /// <summary>Adds a line to the event log.</summary>
    public void Record(StoreEventKind kind, string? deploymentId = null, string? detail = null) =>
        _tables.Transact(() => _tables.Events.Add(kind, deploymentId, detail: detail));

    /// <summary>Lets go of a damaged store and leaves its files as they are.</summary>
    public void Abandon()
    {
        _tables.TrustLog(isSound: false);
        Dispose();
    }

    public void Dispose() => _tables.Dispose();

    private bool Advance(ConfigSnapshot? next)
    {
        Snapshot = next ?? Snapshot;
        return next is not null;
    }

    private ConfigSnapshot Load(DateTimeOffset now)
    {
        var values = _tables.Begin();
        var loaded = _tables.Snapshots.Load();
        var resumed = _tables.Deployments.All().Select(record => record.Resumed(now)).Where(record => !ReferenceEquals(record, _tables.Deployments.Find(record.Id))).ToList();
        if (loaded.Epoch.Length > 0 && values.ContainsKey(MetaTable.Snapshot) && resumed.Count == 0)
        {
            return loaded;
        }

        var begun = loaded.Epoch.Length > 0 ? loaded : loaded with { Epoch = SnapshotTable.NewEpoch() };
        try
        {
            _tables.Transact(() =>
            {
                _tables.Snapshots.Save(loaded, begun);
                resumed.ForEach(_tables.Deployments.Save);
            });
        }
        catch (SqliteException) when (begun == loaded)
        {
            // A full disk: what it holds can be served all the same.
        }

        return begun;
    }
}
