using System.Security.Cryptography;
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
    private readonly DateTimeOffset _startedAt;
    private readonly long _started;

    // An actor that restarts gets the outcomes of its earlier life's commands too.
    private readonly long _life = (long)RandomNumberGenerator.GetInt32(int.MaxValue) << 32;
    private StateDirectoryLock? _lock;
    private ConfigLedger? _ledger;
    private IActorRef _reporter = ActorRefs.Nobody;
    private int _commands;
    private long? _ticket;
    private bool _opened;

    public ConfigStore(StoreSettings settings, IActorRef deployer, IActorRef notifier, IActorRef status, TimeProvider time)
    {
        _settings = settings;
        _deployer = deployer;
        _notifier = notifier;
        _status = status;
        _time = time;
        _startedAt = time.GetUtcNow();
        _started = time.GetTimestamp();

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
                // Before the answer: who synced and then asks for the status must find in it what the sync brought.
                Report();
                // The poller takes the list as settled once this is answered and may not see it again.
                var missing = Ledger.Missing(listed.Deployments);
                return missing.Count == 0 ? new DeploymentsKept() : new StoreFailed($"{missing.Count} contents went missing; they are fetched again");
            });
            Proceed();
        });

        Receive<DeploymentStaged>(Decide);
        Receive<DeploymentApplied>(applied => Conclude(applied, () => Advance(Ledger.Applied(applied, Today))));
        Receive<DeploymentWithdrawn>(withdrawn => Conclude(withdrawn, () => Advance(Ledger.Withdrawn(withdrawn, Today))));
        Receive<DeploymentRefused>(refused => Conclude(refused, () => Ledger.Refused(refused)));
        Receive<DeploymentFailed>(failed => Conclude(failed, () => Ledger.Failed(failed, Now)));
        Receive<SwitchFailed>(failed => Conclude(failed, () => Ledger.SwitchFailed(failed, Now)));
        Receive<DeploymentRolledBack>(back => Conclude(back, () => Ledger.RolledBack(back)));
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

    /// <summary>The wall clock, for people to read.</summary>
    private DateTimeOffset Today => _time.GetUtcNow();

    /// <summary>What decides when something is due: the wall clock of the start, and from then on time that only passes.</summary>
    private DateTimeOffset Now => _startedAt + _time.GetElapsedTime(_started);

    protected override void PreStart()
    {
        _lock = StateDirectoryLock.Take(_settings.Directory);
        try
        {
            _ledger = ConfigLedger.Open(_settings, Now);
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

        // What another life of the agent left half done is finished or undone before anybody is served.
        if (Ledger.Recovery() is { } recovery)
        {
            Command(recovery);
        }
        else
        {
            Serve();
            Proceed();
        }
    }

    protected override void PostStop()
    {
        _ledger?.Dispose();
        _lock?.Dispose();
    }

    private void Serve()
    {
        _opened = true;
        Context.Parent.Tell(new StoreOpened(Ledger.Snapshot));
        _notifier.Tell(new SnapshotAdvanced(Ledger.Snapshot));
    }

    /// <summary>Finds the next thing to do and hands it to the deployer, if that is free.</summary>
    private void Proceed()
    {
        if (_ticket is not null || !TryWrite(() => Dispatch(Ledger.NextWork(Now, out var retryAt, out var conflict), retryAt, conflict)))
        {
            return;
        }

        PokeReporter();
        Report();
    }

    private void Dispatch(DeploymentCommand? work, DateTimeOffset? retryAt, bool conflict)
    {
        if (work is not null)
        {
            Command(work);
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

    private void Command(DeploymentCommand work)
    {
        _ticket = _life + _commands++;
        _deployer.Tell(work with { Ticket = _ticket.Value });
    }

    /// <summary>All files are staged: from the moment this is on the disk the deployment is switched, also by the next life of the agent.</summary>
    private void Decide(DeploymentStaged staged)
    {
        if (staged.Ticket != _ticket)
        {
            return;
        }

        if (!TryWrite(() => Command(Ledger.Commit(staged))))
        {
            _ticket = null;
            RetryLater();
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

    private void Conclude(DeploymentOutcome outcome, Action write)
    {
        if (outcome.Ticket != _ticket)
        {
            return;
        }

        _ticket = null;
        var written = TryWrite(write);
        if (!_opened)
        {
            Serve();
        }

        if (written)
        {
            Proceed();
        }
        else
        {
            RetryLater();
        }
    }

    private void RetryLater() => Timers.StartSingleTimer(RetryDue.Instance, RetryDue.Instance, RetryAfterDiskFailure);

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
