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
    /// <summary>The start belongs to the applications; the whole store is read when they are served.</summary>
    private static readonly TimeSpan AuditAfter = TimeSpan.FromSeconds(10);

    private const int RestartsPerMinute = 5;
    private const int OneMinute = 60_000;

    private readonly StoreSettings _settings;
    private readonly IActorRef _deployer;
    private readonly IActorRef _notifier;
    private readonly IActorRef _status;
    private readonly TimeProvider _time;
    private readonly Props? _watcher;
    private readonly StoreClock _clock;
    private readonly RollbackMailbox _requests;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private PublishedStore? _store;
    private DeployerDesk? _desk;
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
        _clock = new StoreClock(time);
        _requests = new RollbackMailbox(settings.Directory);

        Receive<FindMissingContents>(question => Answer(() => new MissingContents(Ledger.Missing(question.Deployments))));
        Receive<KeepContent>(content => Answer(() => Ledger.KeepContent(content), new ContentKept(content.InstanceId)));
        Receive<RefuseContent>(refusal => Answer(() => Ledger.RefuseContent(refusal), new ContentKept(refusal.InstanceId)));
        Receive<KeepDeployments>(listed =>
        {
            Answer(() => Keep(listed));
            Store.PokeReporter();
            Desk.Proceed();
        });

        Receive<DeploymentStaged>(staged => Desk.Decide(staged));
        Receive<FilesRestored>(restored =>
        {
            Conclude(restored);
            _drift.Tell(restored);
        });
        Receive<DeploymentOutcome>(Conclude);
        Receive<DeployerDesk.WorkDue>(_ => Desk.Proceed());

        Receive<CheckSuspects>(suspected =>
        {
            if (!Desk.Check(suspected))
            {
                Sender.Tell(new RestoreDeferred());
            }
        });
        Receive<FilesHealed>(healed => { Store.Try(() => Ledger.Healed(healed)); });
        Receive<Terminated>(_ => _log.Error("The drift watcher failed too often: changes of deployed files go unnoticed until the agent is restarted. Please report this."));

        Receive<SubscribeReports>(_ => Store.Subscribe(Sender));
        Receive<GetNextReport>(_ => Answer(() => new NextReport(Ledger.Reports.Oldest())));
        Receive<ForgetReport>(report => { Store.Try(() => Ledger.ForgetReport(report.ReportId)); });

        Receive<TakeRequests>(_ =>
        {
            RollBackIfAsked();
            Desk.Proceed();
        });
        Receive<StoreAudited>(audited => Store.Try(() => throw audited.Damage!), audited => audited.Damage is not null);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>Open from the start on.</summary>
    private PublishedStore Store => _store!;

    private DeployerDesk Desk => _desk!;

    private ConfigLedger Ledger => Store.Ledger;

    protected override void PreStart()
    {
        var keeper = StoreKeeper.Open(_settings, _time, _log);
        var (files, after) = (_settings.Files, AuditAfter);
        Context.ActorOf(Props.Create(() => new StoreAuditor(files, after)), "auditor");
        if (_watcher is not null)
        {
            _drift = Context.Watch(Context.ActorOf(_watcher, "drift"));
        }

        _store = new PublishedStore(keeper, _notifier, _drift, _status, recovered: () => Desk.ProceedIn(TimeSpan.Zero));
        _desk = new DeployerDesk(_store, _deployer, _clock, Timers, _log);
        RollBackIfAsked();
        var adopted = ChangeOver.Run(_store, _settings, _log);

        // What another life of the agent left half done is finished or undone before anybody is served.
        DeploymentCommand? recovery = null;
        if (!Store.Try(() => recovery = Ledger.Recovery()))
        {
            // Its journal was damaged; the store's successor has another or none.
            Store.Try(() => recovery = Ledger.Recovery());
        }

        if (recovery is not null)
        {
            Desk.Command(recovery);
        }
        else if (adopted)
        {
            // It is in place within moments, and an empty snapshot would say that it is not.
            Desk.Proceed();
            if (Desk.IsFree)
            {
                Serve();
            }
        }
        else
        {
            Serve();
            Desk.Proceed();
        }
    }

    protected override void PostStop() => _store?.Dispose();

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(RestartsPerMinute, OneMinute, _ => Directive.Restart);

    private void Serve()
    {
        _opened = true;
        Context.Parent.Tell(new StoreOpened(Ledger.Snapshot));
        Store.Publish();
    }

    private void Conclude(DeploymentOutcome outcome)
    {
        if (!Desk.TakeBack(outcome))
        {
            return;
        }

        var advanced = false;
        var written = Store.Try(() => advanced = Ledger.Conclude(outcome, _clock.Today, _clock.Now));
        if (advanced)
        {
            _log.Info("Sequence {0} is current with {1} configs.", Ledger.Snapshot.Sequence, Ledger.Snapshot.Configs.Count);
            Store.Publish();
        }

        if (!_opened)
        {
            Serve();
        }

        if (written)
        {
            Desk.Proceed();
        }
        else
        {
            Desk.ProceedLater();
        }
    }

    private void RollBackIfAsked()
    {
        if (_requests.Peek() is { } request)
        {
            Store.Try(() => _requests.Answer(request, Ledger.Rollback(request.To, request.Id)));
        }
    }

    private object Keep(KeepDeployments listed)
    {
        // What the list asks for first goes to the disk with the list: one sync instead of two.
        WorkPlan? next = null;
        Ledger.Together(() =>
        {
            Ledger.Merge(listed.Deployments);
            next = Desk.Plan();
        });
        if (next is not null)
        {
            Desk.Dispatch(next);
        }

        // Before the answer: who synced and then asks for the status must find in it what the sync brought.
        Store.Report();

        // The poller takes the list as settled once this is answered and may not see it again.
        var missing = Ledger.Missing(listed.Deployments);
        return missing.Count == 0 ? new DeploymentsKept() : new StoreFailed($"{missing.Count} contents went missing; they are fetched again");
    }

    private void Answer(Action work, object done) => Answer(() =>
    {
        work();
        return done;
    });

    private void Answer(Func<object> work)
    {
        object? answer = null;
        Sender.Tell(Store.Try(() => answer = work(), out var problem) ? answer! : new StoreFailed(problem));
    }
}
