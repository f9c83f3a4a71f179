using Akka.Actor;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Streams.Implementation;

/// <summary>Runs each stream as a child of one supervisor.</summary>
internal sealed class ActorMaterializerImpl : ActorMaterializer
{
    private static long _supervisors;
    private readonly LocalActorRef _supervisor;
    private readonly string _namePrefix;
    private readonly Attributes _defaults;
    private readonly ShutdownFlag _shutdown;
    private long _streams;

    private ActorMaterializerImpl(ActorSystem system, ActorMaterializerSettings settings, LocalActorRef supervisor, ShutdownFlag shutdown, string namePrefix)
    {
        System = system;
        Settings = settings;
        _supervisor = supervisor;
        _shutdown = shutdown;
        _namePrefix = namePrefix;
        Logger = MakeLogger(this);
        _defaults = new Attributes(
            new Attributes.InputBuffer(settings.InitialInputBufferSize, settings.MaxInputBufferSize),
            new ActorAttributes.Dispatcher(settings.Dispatcher),
            new ActorAttributes.SupervisionStrategy(settings.SupervisionDecider));
    }

    public override ActorSystem System { get; }

    public override ActorMaterializerSettings Settings { get; }

    public override ILoggingAdapter Logger { get; }

    public override IActorRef Supervisor => _supervisor;

    public override bool IsShutdown => _shutdown.IsSet;

    public override MessageDispatcher ExecutionContext => System.Dispatchers.Lookup(DispatcherOr(Settings.Dispatcher));

    public static new ActorMaterializer Create(IActorRefFactory context, ActorMaterializerSettings settings, string namePrefix)
    {
        var system = context switch
        {
            ActorSystem self => self,
            IActorContext actor => actor.System,
            null => throw new ArgumentNullException(nameof(context), "IActorRefFactory must be defined"),
            _ => throw new ArgumentException($"ActorRefFactory context must be a ActorSystem or ActorContext, got [{context.GetType()}]", nameof(context)),
        };
        settings ??= ActorMaterializerSettings.Create(system);
        var shutdown = new ShutdownFlag();
        var props = OnDispatcher(Props.CreateBy(new StreamSupervisor.Producer(shutdown)), settings.Dispatcher);
        var supervisor = context.ActorOf(props, $"StreamSupervisor-{Interlocked.Increment(ref _supervisors) - 1}");
        return new ActorMaterializerImpl(system, settings, (LocalActorRef)supervisor, shutdown, namePrefix ?? "Flow");
    }

    public override ActorMaterializerSettings EffectiveSettings(Attributes attributes)
    {
        var settings = Settings;
        foreach (var attribute in attributes.AttributeList)
        {
            settings = attribute switch
            {
                Attributes.InputBuffer buffer => settings.WithInputBuffer(buffer.Initial, buffer.Max),
                ActorAttributes.Dispatcher dispatcher => settings.WithDispatcher(dispatcher.Name),
                ActorAttributes.SupervisionStrategy strategy => settings.WithSupervisionStrategy(strategy.Decider),
                _ => settings,
            };
        }

        return settings;
    }

    public override IMaterializer WithNamePrefix(string namePrefix) => new ActorMaterializerImpl(System, Settings, _supervisor, _shutdown, namePrefix);

    public override TMat Materialize<TMat>(IGraph<ClosedShape, TMat> runnable) => Materialize(runnable, Attributes.None);

    public override TMat Materialize<TMat>(IGraph<ClosedShape, TMat> runnable, Attributes initialAttributes)
    {
        var host = new StreamHost(this);
        var assembly = new GraphAssembly(host.Interpreter);
        var value = runnable.GetLayout().Build(assembly, _defaults.And(initialAttributes)).Value;
        host.Interpreter.Add(assembly);

        // Everything is wired before the actor exists, so the value is complete before the first element flows.
        var dispatcher = initialAttributes.And(runnable.GetLayout().OuterAttributes).GetAttribute<ActorAttributes.Dispatcher>()?.Name ?? Settings.Dispatcher;
        Start(OnDispatcher(Props.CreateBy(new StreamActor.Producer(host)), dispatcher));
        return (TMat)value;
    }

    public override ICancelable ScheduleOnce(TimeSpan delay, Action action)
    {
        var cancelable = new Cancelable(System.Scheduler.Advanced);
        System.Scheduler.Advanced.ScheduleOnce(delay, action, cancelable);
        return cancelable;
    }

    public override ICancelable ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action)
    {
        var cancelable = new Cancelable(System.Scheduler.Advanced);
        System.Scheduler.Advanced.ScheduleRepeatedly(initialDelay, interval, action, cancelable);
        return cancelable;
    }

    public override ILoggingAdapter MakeLogger(object logSource) => Logging.GetLogger(System, logSource);

    public override IActorRef ActorOf(MaterializationContext context, Props props) =>
        Start(props.Dispatcher is null ? OnDispatcher(props, Settings.Dispatcher) : props, context.StageName);

    /// <summary>A reference whose messages are handed to a stage of a stream that has no actor yet.</summary>
    public StageReference CreateStageActor(string name, Action<(IActorRef, object)> receive) =>
        new(System, _supervisor, $"{_namePrefix}-{Interlocked.Increment(ref _streams)}-{name}", receive);

    public override void Shutdown()
    {
        _shutdown.IsSet = true;
        _supervisor.Stop();
    }

    private IActorRef Start(Props props, string name = null)
    {
        if (IsShutdown)
        {
            throw ShutDown(null);
        }

        try
        {
            return _supervisor.Cell.ActorOf(props, $"{_namePrefix}-{Interlocked.Increment(ref _streams)}-{name ?? "stream"}");
        }
        catch (InvalidOperationException stopping)
        {
            throw ShutDown(stopping);
        }
    }

    private static Props OnDispatcher(Props props, string dispatcher) => string.IsNullOrEmpty(dispatcher) ? props : props.WithDispatcher(dispatcher);

    private static string DispatcherOr(string dispatcher) => string.IsNullOrEmpty(dispatcher) ? Dispatchers.DefaultDispatcherId : dispatcher;

    private static Pattern.IllegalStateException ShutDown(Exception cause) =>
        new("Trying to materialize stream after materializer has been shutdown", cause);
}
