using Akka.Actor;
using Akka.Event;
using Miru.Agent.Cloud;
using Miru.Agent.Configs;
using Miru.Agent.Connections;

namespace Miru.Agent.Hosting;

/// <summary>
/// The root of the agent: starts the hops from the application's end to the cloud's, and stops them the other way round.
/// <para>Owns: <c>status</c>, <c>notifier</c>, <c>deployer</c>, <c>store</c>, <c>listener</c>, <c>cloud</c>, and under a
/// supervisor that wants signs of life <c>watchdog</c>.</para>
/// <para>Receives: <see cref="StoreOpened"/>, then <see cref="Listening"/>; <see cref="StopAccepting"/>, <see cref="SayGoodbye"/> and
/// <see cref="StopHop"/> at shutdown; <see cref="SyncNow"/> from connections; <see cref="TakeRequests"/> when an operator signals.</para>
/// <para>Tells: the ready line and the service manager, once; the cloud hop, which starts last, the <see cref="SyncNow"/> meant for it; the
/// store the <see cref="TakeRequests"/>, and the cloud hop then <see cref="ReviewIdentity"/>.</para>
/// <para>On failure: a hop restarts alone, 5 times a minute at most. One that fails more often, or cannot start, ends the process
/// with an <see cref="AgentFailure"/>: systemd is the supervisor above this one.</para>
/// </summary>
internal sealed class AgentSupervisor : ReceiveActor
{
    public const string StatusName = "status";
    public const string NotifierName = "notifier";
    public const string DeployerName = "deployer";
    public const string StoreName = "store";
    public const string ListenerName = "listener";
    public const string CloudName = "cloud";
    public const string WatchdogName = "watchdog";

    private const int RestartsPerMinute = 5;
    private const int OneMinute = 60_000;

    private readonly AgentHops _hops;
    private readonly TextWriter _output;
    private readonly AgentOutcome _outcome;
    private readonly NotifySocket _manager;
    private readonly Func<Action, IDisposable> _onSignal;
    private readonly Dictionary<string, IActorRef> _stopping = [];
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private IActorRef _status = ActorRefs.Nobody;
    private IActorRef _notifier = ActorRefs.Nobody;
    private IActorRef _store = ActorRefs.Nobody;
    private IDisposable? _signals;
    private Exception? _lastFailure;
    private int _configs;
    private bool _serving;

    /// <param name="hops">How to make the hops.</param>
    /// <param name="output">Where the ready line goes.</param>
    /// <param name="outcome">Where it says why the agent could not go on.</param>
    /// <param name="manager">Hears when the agent serves, and that it lives.</param>
    /// <param name="onSignal">Has the operator's signal do this, until it is disposed of.</param>
    public AgentSupervisor(AgentHops hops, TextWriter output, AgentOutcome outcome, NotifySocket manager, Func<Action, IDisposable> onSignal)
    {
        _hops = hops;
        _output = output;
        _outcome = outcome;
        _manager = manager;
        _onSignal = onSignal;
        Receive<StoreOpened>(OnStoreOpened);
        Receive<Listening>(OnListening);
        Receive<StopAccepting>(command => ForwardToListener(command, AcceptingStopped.Instance));
        Receive<SayGoodbye>(command => ForwardToListener(command, ConnectionsClosed.Instance));
        Receive<SyncNow>(OnSyncNow);
        Receive<TakeRequests>(command =>
        {
            _store.Tell(command);
            Context.Child(CloudName).Tell(new ReviewIdentity());
        });
        Receive<StopHop>(OnStopHop);
        Receive<Terminated>(ended => OnEnded(ended.ActorRef));
    }

    protected override void PreStart()
    {
        // Before the store announces this process to who may signal it: a process that does not expect the signal ends.
        var self = Self;
        _signals = _onSignal(() => self.Tell(new TakeRequests()));
        _status = Start(_hops.Status(), StatusName);
        _notifier = Start(_hops.Notifier(), NotifierName);
        var deployer = Start(_hops.Deployer(), DeployerName);
        _store = Start(_hops.Store(deployer, _notifier, _status), StoreName);
    }

    protected override void PostStop() => _signals?.Dispose();

    protected override SupervisorStrategy SupervisorStrategy() =>
        new OneForOneStrategy(RestartsPerMinute, OneMinute, Decide, loggingEnabled: false);

    private Directive Decide(Exception failure)
    {
        // What fails while it starts would fail again: the restarts are for what ran.
        var cannotStart = failure is ActorInitializationException;
        _lastFailure = cannotStart ? failure.InnerException ?? failure : failure;
        if (cannotStart)
        {
            return Directive.Stop;
        }

        _log.Error(failure, "The {0} failed and is restarted", Sender.Path.Name);
        return Directive.Restart;
    }

    private void OnStoreOpened(StoreOpened opened)
    {
        // A store that restarted says so again; the rest of the agent never stopped.
        if (Context.Child(ListenerName).IsNobody())
        {
            _configs = opened.Snapshot.Configs.Count;
            Start(_hops.Listener(_notifier, _status), ListenerName);
        }
    }

    private void OnListening(Listening listening)
    {
        if (_serving)
        {
            return;
        }

        _serving = true;
        var state = $"serving {_configs} {(_configs == 1 ? "config" : "configs")} on {listening.SocketPath}";
        _output.WriteLine($"ready: {state}");
        _output.Flush();
        _manager.Ready(state);
        Start(_hops.Cloud(_store, _status), CloudName);
        if (_manager.WatchdogInterval is not null)
        {
            StartWatchdog();
        }
    }

    /// <summary>The deployer is not asked: it waits for disks, which may take longer than a supervisor's patience without anything being wrong.</summary>
    private void StartWatchdog()
    {
        IReadOnlyList<IActorRef> hops = [_status, _notifier, _store, Context.Child(ListenerName), Context.Child(CloudName)];
        var manager = _manager;
        Start(Props.Create(() => new Watchdog(hops, manager)), WatchdogName);
    }

    private IActorRef Start(Props props, string name) => Context.Watch(Context.ActorOf(props, name));

    private void ForwardToListener(object command, object answerWithout)
    {
        var listener = Context.Child(ListenerName);
        if (listener.IsNobody())
        {
            Sender.Tell(answerWithout);
        }
        else
        {
            listener.Forward(command);
        }
    }

    private void OnSyncNow(SyncNow sync)
    {
        var cloud = Context.Child(CloudName);
        if (cloud.IsNobody())
        {
            Sender.Tell(new SyncFinished(sync.Ticket, SyncOutcome.NotReady, "the agent is starting or stopping; it asks the cloud when it runs"));
        }
        else
        {
            cloud.Forward(sync);
        }
    }

    private void OnStopHop(StopHop command)
    {
        var hop = Context.Child(command.Name);
        if (hop.IsNobody())
        {
            Sender.Tell(new HopStopped(command.Name));
            return;
        }

        _stopping[command.Name] = Sender;
        Context.Stop(hop);
    }

    private void OnEnded(IActorRef hop)
    {
        var name = hop.Path.Name;
        if (_stopping.Remove(name, out var asked))
        {
            asked.Tell(new HopStopped(name));
            return;
        }

        _outcome.Fail(Explain(name, _lastFailure));
        // The shutdown ends this actor too; nobody is left to await it.
        _ = CoordinatedShutdown.Get(Context.System).Run(CoordinatedShutdown.ClrExitReason.Instance);
    }

    private static AgentFailure Explain(string hop, Exception? failure) => failure switch
    {
        SocketClaimException => new AgentFailure(ExitCodes.SocketRefused, failure.Message),
        StoreException => new AgentFailure(ExitCodes.StoreRefused, failure.Message),
        null => new AgentFailure(ExitCodes.Failed, $"the {hop} stopped by itself; this is a bug, please report it"),
        _ => new AgentFailure(ExitCodes.Failed, $"the {hop} failed too often, last with {failure.GetType().Name}: {failure.Message}"),
    };
}
