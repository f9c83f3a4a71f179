using Miru.Agent.Deployments;

namespace Miru.Agent.Configs;

/// <summary>
/// The store's rules over its tables: what each message changes, in one transaction each. Synchronous and without actors; whatever a
/// method changed is on the disk when it returns, and nothing has changed when it throws.
/// </summary>
internal sealed class ConfigLedger : IDisposable
{
    private readonly StoreSettings _settings;
    private readonly ConfigDatabase _database;
    private readonly DeploymentTable _deployments;
    private readonly ContentTable _contents;
    private readonly SnapshotTable _snapshots;

    private ConfigLedger(StoreSettings settings, ConfigDatabase database)
    {
        _settings = settings;
        _database = database;
        _deployments = new DeploymentTable(database);
        _contents = new ContentTable(database);
        _snapshots = new SnapshotTable(database, _contents);
        Reports = new ReportTable(database);
        Snapshot = Load();
    }

    /// <summary>What is current and durable.</summary>
    public ConfigSnapshot Snapshot { get; private set; }

    /// <summary>Configs whose bytes were found damaged at the start; they are fetched again.</summary>
    public IReadOnlyList<ConfigVersion> Damaged { get; private set; } = [];

    public ReportTable Reports { get; }

    /// <exception cref="StoreException">The store cannot be used.</exception>
    public static ConfigLedger Open(StoreSettings settings) =>
        new(settings, ConfigDatabase.Open(Path.Combine(settings.Directory, "store.db")));

    /// <summary>Instances of deployments still to be applied whose bytes are not here, each once.</summary>
    public IReadOnlyList<string> Missing(IEnumerable<FetchedDeployment> listed) =>
        [.. listed.Where(NeedsContents).SelectMany(deployment => deployment.Instances).Select(instance => instance.Id).Distinct().Where(IsMissing)];

    public void KeepContent(KeepContent content) =>
        _database.Transact(() => _contents.Keep(content.InstanceId, content.ContentType, content.Content.ToArray()));

    public void RefuseContent(RefuseContent refusal) =>
        _database.Transact(() => _contents.Refuse(refusal.InstanceId, refusal.Code, refusal.Reason));

    /// <summary>
    /// Takes over what the cloud wants; what a deployment is on this device stays our knowledge. A deployment that is no longer listed
    /// is over, unless it is in place and nothing else wants to be.
    /// <para>Contents are pruned here and nowhere else: between their download and this call no deployment names them yet, and whatever
    /// is applied meanwhile must not take them for left-overs.</para>
    /// </summary>
    public void Merge(IReadOnlyList<FetchedDeployment> listed) => _database.Transact(() =>
    {
        foreach (var fetched in listed)
        {
            if (_deployments.Find(fetched.Id) is { } known)
            {
                _deployments.Save(known with { Target = fetched.Target, Release = fetched.Release });
            }
            else
            {
                // Files of a deployment this store never applied are not known to be in place, whatever the cloud remembers.
                var activity = fetched.Activity is DeploymentActivity.Deployed or DeploymentActivity.Removing ? DeploymentActivity.Queued : fetched.Activity;
                _deployments.Add(new DeploymentRecord(fetched.Id, fetched.Release, fetched.Target, activity, DeploymentError.None, null, 0, null, null), fetched.Instances);
            }
        }

        var names = listed.Select(fetched => fetched.Id).ToHashSet();
        var successor = listed.Any(fetched => fetched.Target == DeploymentTarget.Deployed);
        foreach (var absent in _deployments.All().Where(known => known.Target == DeploymentTarget.Deployed && !names.Contains(known.Id)))
        {
            if (successor || absent.Activity != DeploymentActivity.Deployed)
            {
                _deployments.Save(absent with { Target = DeploymentTarget.Archived });
            }
        }

        _contents.Prune();
    });

    /// <summary>
    /// The next command for the deployer, or null. What needs no files (archiving, refusing for a content that cannot be had) is done on the way.
    /// </summary>
    /// <param name="retryAt">When to ask again although nothing happened; null if nothing waits for the clock.</param>
    /// <param name="conflict">Several deployments claim to be the current one.</param>
    public object? NextWork(DateTimeOffset now, out DateTimeOffset? retryAt, out bool conflict)
    {
        var all = _deployments.All();
        var plan = DeploymentMachine.Plan([.. all.Select(record => record.State)], now, out conflict);
        retryAt = all.Where(record => plan[record.Id] == DeploymentStep.Wait && record.RetryAt > now).Min(record => record.RetryAt);

        foreach (var record in all.Where(record => plan[record.Id] == DeploymentStep.Archive))
        {
            Archive(record, now);
        }

        foreach (var record in all)
        {
            object? work = plan[record.Id] switch
            {
                DeploymentStep.Deploy => WorkToApply(record),
                DeploymentStep.Withdraw => new WithdrawDeployment(record.Id, _snapshots.OwnedFiles(), record.Failures),
                _ => null,
            };
            if (work is not null)
            {
                return work;
            }
        }

        return null;
    }

    /// <summary>The deployment is in place: it becomes current, what was current is archived, and the snapshot advances by one.</summary>
    /// <returns>False if this was known already.</returns>
    public bool Applied(DeploymentApplied applied, DateTimeOffset now)
    {
        if (_deployments.Find(applied.DeploymentId) is not { Activity: not DeploymentActivity.Deployed } record)
        {
            return false;
        }

        var configs = applied.Configs.Select(placed => new ConfigVersion(
            placed.Slug, 0, placed.Config.Digest, record.Id, record.Release, placed.Format, placed.Config.FilePath, placed.Config.Content));
        var next = Succession.Next(Snapshot, [.. configs], _settings.TombstonesKept);
        _database.Transact(() =>
        {
            _snapshots.Save(Snapshot, next);
            _snapshots.SetOwnedFiles(applied.Configs.Select(placed => placed.Config.FilePath).Concat(applied.LeftBehind));
            foreach (var replaced in _deployments.All().Where(other => other.Activity is DeploymentActivity.Deployed or DeploymentActivity.Removing))
            {
                Settle(replaced.Settled(DeploymentActivity.Archived), archivedAt: now);
            }

            Settle(record.Settled(DeploymentActivity.Deployed) with { AppliedSequence = next.Sequence }, deployedAt: now);
            _deployments.Prune(_settings.GenerationsKept);
        });
        Snapshot = next;
        return true;
    }

    /// <summary>Its files are gone and nothing took their place: no config is current any more.</summary>
    /// <returns>False if this was known already.</returns>
    public bool Withdrawn(DeploymentWithdrawn withdrawn, DateTimeOffset now)
    {
        if (_deployments.Find(withdrawn.DeploymentId) is not { Activity: DeploymentActivity.Deployed or DeploymentActivity.Removing } record)
        {
            return false;
        }

        var next = Succession.Next(Snapshot, [], _settings.TombstonesKept);
        _database.Transact(() =>
        {
            _snapshots.Save(Snapshot, next);
            _snapshots.SetOwnedFiles(withdrawn.LeftBehind);
            Settle(record.Settled(DeploymentActivity.Archived), archivedAt: now);
            _deployments.Prune(_settings.GenerationsKept);
        });
        Snapshot = next;
        return true;
    }

    /// <summary>It will never be applied as it is; what was current stays.</summary>
    public void Refused(DeploymentRefused refused)
    {
        if (_deployments.Find(refused.DeploymentId) is { } record)
        {
            var reason = $"{refused.Code}: {refused.Reason}";
            _database.Transact(() => Settle(record with { Error = DeploymentError.Failed, Reason = reason, RetryAt = null }));
        }
    }

    /// <summary>It is tried again later; the cloud hears of the first failure in a row only, so the outbox stays small.</summary>
    public void Failed(DeploymentFailed failed, DateTimeOffset now)
    {
        if (_deployments.Find(failed.DeploymentId) is not { } record)
        {
            return;
        }

        var retrying = record with
        {
            Error = DeploymentError.Retrying,
            Reason = failed.Reason,
            Failures = record.Failures + 1,
            RetryAt = now + failed.RetryAfter,
        };
        _database.Transact(() =>
        {
            _deployments.Save(retrying);
            if (record.Error != DeploymentError.Retrying)
            {
                Reports.Add(retrying);
            }
        });
    }

    public void Dispose() => _database.Dispose();

    private ConfigSnapshot Load()
    {
        var loaded = _snapshots.Load(out var damaged);
        Damaged = damaged;
        _database.Transact(() =>
        {
            foreach (var lost in damaged)
            {
                _contents.Drop(lost.Digest);
                _snapshots.Forget(lost);
            }

            foreach (var record in _deployments.All())
            {
                // A restart is a good moment to try again; and a deployment with lost bytes is to be applied anew.
                var lost = damaged.Any(config => config.DeploymentId == record.Id);
                _deployments.Save(record with { RetryAt = null, Activity = lost ? DeploymentActivity.Queued : record.Activity });
            }

            if (damaged.Count > 0)
            {
                loaded = loaded with { Epoch = _snapshots.StartEpoch() };
            }
        });
        return loaded;
    }

    private bool NeedsContents(FetchedDeployment fetched) =>
        fetched.Target == DeploymentTarget.Deployed
        && (_deployments.Find(fetched.Id) is not { } known || (known.Activity != DeploymentActivity.Deployed && known.Error != DeploymentError.Failed));

    private bool IsMissing(string instanceId) => _contents.FindInstance(instanceId) switch
    {
        null => true,
        { Digest: { } digest } => !_contents.HasContent(digest),
        _ => false,
    };

    private ApplyDeployment? WorkToApply(DeploymentRecord record)
    {
        var configs = new List<DeploymentConfig>();
        foreach (var instance in _deployments.InstancesOf(record.Id))
        {
            var found = _contents.FindInstance(instance.Id);
            if (found?.RefusalCode is { } code)
            {
                Refused(new DeploymentRefused(record.Id, code, $"'{instance.ConfigTypeName}' ({instance.FilePath}) {found.RefusalReason}"));
                return null;
            }

            if (found?.Digest is not { } digest || _contents.Read(digest) is not { } bytes)
            {
                return null;
            }

            configs.Add(new DeploymentConfig(instance.ConfigTypeName, instance.FilePath, found.ContentType, digest, bytes));
        }

        return new ApplyDeployment(record.Id, configs, _snapshots.OwnedFiles(), record.Failures);
    }

    private void Archive(DeploymentRecord record, DateTimeOffset now)
    {
        var archived = record.Error == DeploymentError.Failed
            ? record with { Activity = DeploymentActivity.Archived }
            : record.Settled(DeploymentActivity.Archived);
        _database.Transact(() => Settle(archived, archivedAt: now));
    }

    private void Settle(DeploymentRecord record, DateTimeOffset? deployedAt = null, DateTimeOffset? archivedAt = null)
    {
        _deployments.Save(record);
        Reports.Add(record, deployedAt, archivedAt);
    }
}
