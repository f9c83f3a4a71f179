using Akka.Actor;
using Akka.Event;
using Miru.Agent.Deployments;
using Miru.Agent.Deployments.Drift;
using Miru.Agent.Health;
using Miru.Agent.Notifications;

namespace Miru.Agent.Configs;

/// <summary>
/// The only owner of durable state.
/// <para>Owns: the state directory's lock, the store's file, the current <see cref="ConfigSnapshot"/>; an <c>auditor</c> that reads the store
/// once after the start, and a <c>drift</c> watcher that holds the deployed files against it.</para>
/// <para>Receives: <see cref="FindMissingContents"/>, <see cref="KeepContent"/>, <see cref="RefuseContent"/>, <see cref="KeepDeployments"/> from the
/// poller; outcomes from the deployer; <see cref="SubscribeReports"/>, <see cref="GetNextReport"/>, <see cref="ForgetReport"/> from the reporter;
/// <see cref="TakeRequests"/> when an operator left one; <see cref="CheckSuspects"/> and <see cref="FilesHealed"/> from
/// the drift watcher.</para>
/// <para>Tells: its parent <see cref="StoreOpened"/>; the deployer one command at a time; the notifier <see cref="SnapshotAdvanced"/>, only after
/// the snapshot is on the disk; the status <see cref="StoreReported"/> after each change.</para>
/// <para>On failure: a disk that refuses a write is answered (<see cref="StoreFailed"/>) or tried again later, and the old configs stay served; a
/// damaged store is set aside and what is good of it is served from a new one; a store that cannot be opened throws <see cref="StoreException"/>
/// from the start; anything else restarts the actor from what is on the disk. A drift watcher that fails too often is stopped, and nothing else.</para>
/// </summary>
internal sealed class ConfigStore : ReceiveActor, IWithTimers
{
    /// <summary>When an outcome could not be written, the deployment is planned again after this; applying it anew is harmless.</summary>
    private static readonly TimeSpan RetryAfterDiskFailure = TimeSpan.FromSeconds(15);

    /// <summary>The start belongs to the applications; the whole store is read when they are served.</summary>
    private static readonly TimeSpan AuditAfter = TimeSpan.FromSeconds(10);

    private const int RestartsPerMinute = 5;
    private const int OneMinute = 60_000;

    private readonly StoreSettings _settings;
    private readonly IActorRef _deployer;
    private readonly IActorRef _notifier;
    private readonly IActorRef _status;
    private readonly TimeProvider _time;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly DateTimeOffset _startedAt;
    private readonly long _started;
    private readonly CommandTicket _ticket = new();
    private readonly RollbackMailbox _requests;
    private StoreKeeper? _keeper;
    private readonly Props? _watcher;
    private IActorRef _reporter = ActorRefs.Nobody;
    private IActorRef _drift = ActorRefs.Nobody;
    private bool _opened;

    /// <param name="watcher">Makes the drift watcher; null for none.</param>
    public ConfigStore(StoreSettings settings, IActorRef deployer, IActorRef notifier, IActorRef status, TimeProvider time, Props? watcher)
    {
        _settings = settings;
        _deployer = deployer;
        _notifier = notifier;
        _status = status;
        _time = time;
        _watcher = watcher;
        _requests = new RollbackMailbox(settings.Directory);
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
            Answer(() => Keep(listed));
            PokeReporter();
            Proceed();
        });

        Receive<DeploymentStaged>(Decide);
        Receive<FilesRestored>(restored =>
        {
            Conclude(restored);
            _drift.Tell(restored);
        });
        Receive<DeploymentOutcome>(Conclude);
        Receive<RetryDue>(_ => Proceed());

        Receive<CheckSuspects>(Check);
        Receive<FilesHealed>(healed => { TryWrite(() => Ledger.Healed(healed)); });
        Receive<Terminated>(_ => _log.Error("The drift watcher failed too often: changes of deployed files go unnoticed until the agent is restarted. Please report this."));

        Receive<SubscribeReports>(_ =>
        {
            _reporter = Sender;
            PokeReporter();
        });
        Receive<GetNextReport>(_ => Answer(() => new NextReport(Ledger.Reports.Oldest())));
        Receive<ForgetReport>(report => { TryWrite(() => Ledger.ForgetReport(report.ReportId)); });

        Receive<TakeRequests>(_ =>
        {
            RollBackIfAsked();
            Proceed();
        });
        Receive<StoreAudited>(audited => TryWrite(() => throw audited.Damage!), audited => audited.Damage is not null);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private ConfigLedger Ledger => _keeper!.Ledger;

    /// <summary>The wall clock, for people to read.</summary>
    private DateTimeOffset Today => _time.GetUtcNow();

    /// <summary>What decides when something is due: the wall clock of the start, and from then on time that only passes.</summary>
    private DateTimeOffset Now => _startedAt + _time.GetElapsedTime(_started);

    protected override void PreStart()
    {
        _keeper = StoreKeeper.Open(_settings, _time, _log);
        var (files, after) = (_settings.Files, AuditAfter);
        Context.ActorOf(Props.Create(() => new StoreAuditor(files, after)), "auditor");
        if (_watcher is not null)
        {
            _drift = Context.Watch(Context.ActorOf(_watcher, "drift"));
        }

        RollBackIfAsked();

        // What another life of the agent left half done is finished or undone before anybody is served.
        DeploymentCommand? recovery = null;
        if (!TryWrite(() => recovery = Ledger.Recovery()))
        {
            // Its journal was damaged; the store's successor has another or none.
            TryWrite(() => recovery = Ledger.Recovery());
        }

        if (recovery is not null)
        {
            Command(recovery);
        }
        else
        {
            Serve();
            Proceed();
        }
    }

    protected override void PostStop() => _keeper?.Dispose();

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(RestartsPerMinute, OneMinute, _ => Directive.Restart);

    private void Serve()
    {
        _opened = true;
        Context.Parent.Tell(new StoreOpened(Ledger.Snapshot));
        Publish();
    }

    private void Publish()
    {
        _notifier.Tell(new SnapshotAdvanced(Ledger.Snapshot));
        _drift.Tell(new WatchFiles(Ledger.Files));
    }

    /// <summary>Finds the next thing to do and hands it to the deployer, if that is free.</summary>
    private void Proceed()
    {
        if (_ticket.IsFree && TryWrite(() => Dispatch(Plan())))
        {
            PokeReporter();
            Report();
        }
    }

    private Step Plan() => new(Ledger.NextWork(Now, out var retryAt, out var conflict), retryAt, conflict);

    private void Dispatch(Step step)
    {
        if (step.Work is not null)
        {
            Command(step.Work);
        }

        if (step.RetryAt is { } due)
        {
            // It may have fallen due while the plan was made; a timer takes no negative delay.
            var left = due - Now;
            Timers.StartSingleTimer(RetryDue.Instance, RetryDue.Instance, left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }

        if (step.Conflict)
        {
            _log.Warning("The cloud names more than one deployment as the current one. Nothing is changed until it has decided; archive all but one.");
        }
    }

    private void Command(DeploymentCommand work) => _deployer.Tell(_ticket.Stamp(work));

    /// <summary>All files are staged: from the moment this is on the disk the deployment is switched, also by the next life of the agent.</summary>
    private void Decide(DeploymentStaged staged)
    {
        if (_ticket.IsOf(staged) && !TryWrite(() => Command(Ledger.Commit(staged))))
        {
            _ticket.Free();
            RetryLater();
        }
    }

    private void Report() => _keeper!.Try(() => _status.Tell(StoreStatus.Of(Ledger, _keeper.Problem)), out _);

    private void Check(CheckSuspects suspected)
    {
        RestoreFiles? check = null;
        if (_ticket.IsFree && TryWrite(() => check = Ledger.Check(suspected)) && check is not null)
        {
            Command(check);
        }
        else
        {
            Sender.Tell(new RestoreDeferred());
        }
    }

    private void Conclude(DeploymentOutcome outcome)
    {
        if (!_ticket.IsOf(outcome))
        {
            return;
        }

        _ticket.Free();
        var advanced = false;
        var written = TryWrite(() => advanced = Ledger.Conclude(outcome, Today, Now));
        if (advanced)
        {
            _log.Info("Sequence {0} is current with {1} configs.", Ledger.Snapshot.Sequence, Ledger.Snapshot.Configs.Count);
            Publish();
        }

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

    private void PokeReporter() => TryWrite(() =>
    {
        if (!Ledger.Reports.IsEmpty)
        {
            _reporter.Tell(new ReportsQueued());
        }
    });

    private void RollBackIfAsked()
    {
        if (_requests.Peek() is { } request)
        {
            TryWrite(() => _requests.Answer(request, Ledger.Rollback(request.To, request.Id)));
        }
    }

    private object Keep(KeepDeployments listed)
    {
        // What the list asks for first goes to the disk with the list: one sync instead of two.
        Step? next = null;
        Ledger.Together(() =>
        {
            Ledger.Merge(listed.Deployments);
            next = _ticket.IsFree ? Plan() : null;
        });
        if (next is not null)
        {
            Dispatch(next);
        }

        // Before the answer: who synced and then asks for the status must find in it what the sync brought.
        Report();

        // The poller takes the list as settled once this is answered and may not see it again.
        var missing = Ledger.Missing(listed.Deployments);
        return missing.Count == 0 ? new DeploymentsKept() : new StoreFailed($"{missing.Count} contents went missing; they are fetched again");
    }

    private void Answer(Func<object> work)
    {
        object? answer = null;
        Sender.Tell(TryWrite(() => answer = work(), out var problem) ? answer! : new StoreFailed(problem));
    }

    private bool TryWrite(Action write) => TryWrite(write, out _);

    private bool TryWrite(Action write, out string problem)
    {
        var (ledger, before) = (Ledger, _keeper!.Problem);
        var done = _keeper.Try(write, out problem);
        if (Ledger != ledger)
        {
            Publish();
            Timers.StartSingleTimer(RetryDue.Instance, RetryDue.Instance, TimeSpan.Zero);
        }

        if (_keeper.Problem != before)
        {
            Report();
        }

        return done;
    }

    /// <summary>What is to be done next, and when to ask again.</summary>
    private sealed record Step(DeploymentCommand? Work, DateTimeOffset? RetryAt, bool Conflict);

    private sealed record RetryDue
    {
        public static readonly RetryDue Instance = new();
    }
}
