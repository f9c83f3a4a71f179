using Akka.Actor;
using Akka.Event;
using Microsoft.Data.Sqlite;
using Miru.Agent.Deployments;
using Miru.Agent.Health;
using Miru.Agent.Notifications;

namespace Miru.Agent.Configs;

/// <summary>
/// The only owner of durable state.
/// <para>Owns: the state directory's lock, the store's file, the current <see cref="ConfigSnapshot"/>.</para>
/// <para>Receives: <see cref="FindMissingContents"/>, <see cref="KeepContent"/>, <see cref="RefuseContent"/>, <see cref="KeepDeployments"/> from the
/// poller; outcomes from the deployer; <see cref="SubscribeReports"/>, <see cref="GetNextReport"/>, <see cref="ForgetReport"/> from the reporter.</para>
/// <para>Tells: its parent <see cref="StoreOpened"/>; the deployer one command at a time; the notifier <see cref="SnapshotAdvanced"/>, only after
/// the snapshot is on the disk; the status <see cref="StoreReported"/> after each change.</para>
/// <para>On failure: a disk that refuses a write is answered (<see cref="StoreFailed"/>) or tried again later, and the old configs stay served; a
/// store that cannot be opened throws <see cref="StoreException"/> from the start; anything else restarts the actor from what is on the disk.</para>
/// </summary>
internal sealed class ConfigStore : ReceiveActor, IWithTimers
{
    /// <summary>When an outcome could not be written, the deployment is planned again after this; applying it anew is harmless.</summary>
    private static readonly TimeSpan RetryAfterDiskFailure = TimeSpan.FromSeconds(15);

    private readonly StoreSettings _settings;
    private readonly IActorRef _deployer;
    private readonly IActorRef _notifier;
    private readonly IActorRef _status;
    private readonly TimeProvider _time;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private StateDirectoryLock? _lock;
    private ConfigLedger? _ledger;
    private IActorRef _reporter = ActorRefs.Nobody;
    private string? _deploying;

    public ConfigStore(StoreSettings settings, IActorRef deployer, IActorRef notifier, IActorRef status, TimeProvider time)
    {
        _settings = settings;
        _deployer = deployer;
        _notifier = notifier;
        _status = status;
        _time = time;

        Receive<FindMissingContents>(question => Answer(() => new MissingContents(Ledger.Missing(question.Deployments))));
        Receive<KeepContent>(content => Answer(() =>
        {
            Ledger.KeepContent(content);
            return new ContentKept(content.InstanceId);
        }));
        Receive<RefuseContent>(refusal => Answer(() =>
        {
            Ledger.RefuseContent(refusal);
            return new ContentKept(refusal.InstanceId);
        }));
        Receive<KeepDeployments>(listed =>
        {
            Answer(() =>
            {
                Ledger.Merge(listed.Deployments);
                // The poller takes the list as settled once this is answered and may not see it again.
                var missing = Ledger.Missing(listed.Deployments);
                return missing.Count == 0 ? new DeploymentsKept() : new StoreFailed($"{missing.Count} contents went missing; they are fetched again");
            });
            Proceed();
        });

        Receive<DeploymentApplied>(applied => Conclude(applied.DeploymentId, () => Advance(Ledger.Applied(applied, Now))));
        Receive<DeploymentWithdrawn>(withdrawn => Conclude(withdrawn.DeploymentId, () => Advance(Ledger.Withdrawn(withdrawn, Now))));
        Receive<DeploymentRefused>(refused => Conclude(refused.DeploymentId, () => Ledger.Refused(refused)));
        Receive<DeploymentFailed>(failed => Conclude(failed.DeploymentId, () => Ledger.Failed(failed, Now)));
        Receive<RetryDue>(_ => Proceed());

        Receive<SubscribeReports>(_ =>
        {
            _reporter = Sender;
            PokeReporter();
        });
        Receive<GetNextReport>(_ => Answer(() => new NextReport(Ledger.Reports.Oldest())));
        Receive<ForgetReport>(report => { TryWrite(() => Ledger.Reports.Remove(report.ReportId)); });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private ConfigLedger Ledger => _ledger!;

    private DateTimeOffset Now => _time.GetUtcNow();

    protected override void PreStart()
    {
        _lock = StateDirectoryLock.Take(_settings.Directory);
        try
        {
            _ledger = ConfigLedger.Open(_settings);
        }
        catch (StoreException)
        {
            // An actor that did not start is not stopped either.
            _lock.Dispose();
            throw;
        }

        foreach (var lost in _ledger.Damaged)
        {
            _log.Error("The stored bytes of '{0}' are damaged; the config is not served until the cloud has sent it again.", lost.Slug);
        }

        Context.Parent.Tell(new StoreOpened(_ledger.Snapshot));
        _notifier.Tell(new SnapshotAdvanced(_ledger.Snapshot));
        Proceed();
    }

    protected override void PostStop()
    {
        _ledger?.Dispose();
        _lock?.Dispose();
    }

    /// <summary>Finds the next thing to do and hands it to the deployer, if that is free.</summary>
    private void Proceed()
    {
        if (_deploying is not null || !TryWrite(() => Dispatch(Ledger.NextWork(Now, out var retryAt, out var conflict), retryAt, conflict)))
        {
            return;
        }

        PokeReporter();
        Report();
    }

    private void Dispatch(object? work, DateTimeOffset? retryAt, bool conflict)
    {
        _deploying = work switch
        {
            ApplyDeployment apply => apply.DeploymentId,
            WithdrawDeployment withdraw => withdraw.DeploymentId,
            _ => null,
        };
        if (work is not null)
        {
            _deployer.Tell(work);
        }

        if (retryAt is { } due)
        {
            Timers.StartSingleTimer(RetryDue.Instance, RetryDue.Instance, due - Now);
        }

        if (conflict)
        {
            _log.Warning("The cloud names more than one deployment as the current one. Nothing is changed until it has decided; archive all but one.");
        }
    }

    private void Advance(bool changed)
    {
        if (changed)
        {
            _log.Info("Sequence {0} is current with {1} configs.", Ledger.Snapshot.Sequence, Ledger.Snapshot.Configs.Count);
            _notifier.Tell(new SnapshotAdvanced(Ledger.Snapshot));
        }
    }

    private void Report() => TryWrite(() => _status.Tell(new StoreReported(
        Ledger.Snapshot.Epoch, Ledger.Snapshot.Sequence, Ledger.Snapshot.Configs.Count, [.. Ledger.Concerning().Select(Summarize)])));

    private static DeploymentReport Summarize(DeploymentRecord record) => new(
        record.Id, record.Release, record.Target, record.Activity, record.Error, record.Reason, record.RetryAt, record.AppliedSequence);

    private void Conclude(string deploymentId, Action write)
    {
        if (_deploying == deploymentId)
        {
            _deploying = null;
        }

        if (TryWrite(write))
        {
            Proceed();
        }
        else
        {
            Timers.StartSingleTimer(RetryDue.Instance, RetryDue.Instance, RetryAfterDiskFailure);
        }
    }

    private void PokeReporter()
    {
        if (!Ledger.Reports.IsEmpty)
        {
            _reporter.Tell(new ReportsQueued());
        }
    }

    private void Answer(Func<object> work)
    {
        try
        {
            Sender.Tell(work());
        }
        catch (SqliteException failure)
        {
            Complain(failure);
            Sender.Tell(new StoreFailed(failure.Message));
        }
    }

    private bool TryWrite(Action write)
    {
        try
        {
            write();
            return true;
        }
        catch (SqliteException failure)
        {
            Complain(failure);
            return false;
        }
    }

    private void Complain(SqliteException failure) =>
        _log.Error("The store in '{0}' refuses: {1}. Check the free space and the health of its disk; the configs in place stay.", _settings.Directory, failure.Message);

    private sealed record RetryDue
    {
        public static readonly RetryDue Instance = new();
    }
}
