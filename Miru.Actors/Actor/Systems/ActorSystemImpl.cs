using Akka.Actor.Setup;
using Akka.Dispatch;
using Akka.Event;
using Akka.Util;

namespace Akka.Actor.Internal;

/// <summary>The system: puts the parts together in the right order, and takes them apart again.</summary>
public sealed class ActorSystemImpl : ExtendedActorSystem
{
    private readonly Lazy<IScheduler> _scheduler;
    private readonly Guardians _guardians;
    private readonly Extensions _extensions;
    private readonly Termination _termination;

    private ActorSystemImpl(string name, ActorSystemSetup setup)
    {
        Name = name;
        Settings = new Settings(this, setup.Get<BootstrapSetup>().Select(bootstrap => bootstrap.Config.Value).Value, setup);
        var root = new RootActorPath(new Address("akka", name));
        EventStream = new EventStream(debug: false);
        EventStream.SetLogLevel(Logging.LogLevelFor(Settings.LogLevel));
        Provider = new LocalActorRefProvider(this, root);
        DeadLetters = new DeadLetterActorRef(Provider, root / "deadLetters", EventStream);
        IgnoreRef = new IgnoreActorRef(Provider, root / "ignore");
        ActorPipelineResolver = new ActorProducerPipelineResolver(() => Log);
        Log = Logging.GetLogger(EventStream, $"ActorSystem({name})");
        _scheduler = new Lazy<IScheduler>(() => SchedulerFactory.Create(this));
        _extensions = new Extensions(this);
        Mailboxes = new Mailboxes(this);
        Dispatchers = new Dispatchers(this);
        _termination = new Termination(this);
        _guardians = new Guardians(this, root, _termination);
    }

    /// <inheritdoc/>
    public override Settings Settings { get; }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override Dispatchers Dispatchers { get; }

    /// <inheritdoc/>
    public override Mailboxes Mailboxes { get; }

    /// <inheritdoc/>
    public override Akka.Serialization.Serialization Serialization => new(this);

    /// <inheritdoc/>
    public override EventStream EventStream { get; }

    /// <inheritdoc/>
    public override IActorRefProvider Provider { get; }

    /// <inheritdoc/>
    public override ActorProducerPipelineResolver ActorPipelineResolver { get; }

    /// <inheritdoc/>
    public override IActorRef DeadLetters { get; }

    /// <inheritdoc/>
    public override IActorRef IgnoreRef { get; }

    /// <inheritdoc/>
    public override IScheduler Scheduler => _scheduler.Value;

    /// <inheritdoc/>
    public override ILoggingAdapter Log { get; }

    /// <inheritdoc/>
    public override Task WhenTerminated => _termination.WhenTerminated;

    /// <inheritdoc/>
    public override IInternalActorRef Guardian => _guardians.User;

    /// <inheritdoc/>
    public override IInternalActorRef SystemGuardian => _guardians.System;

    /// <inheritdoc/>
    public override IInternalActorRef LookupRoot => _guardians.Root;

    internal static ActorSystem Start(string name, ActorSystemSetup setup)
    {
        if (!IsValidName(name))
        {
            throw new ArgumentException(
                $"invalid ActorSystem name [{name}], must contain only word characters (i.e. [a-zA-Z0-9] plus non-leading '-' or '_')", nameof(name));
        }
        var system = new ActorSystemImpl(name, setup);
        Loggers.Start(system);
        return system;
    }

    /// <inheritdoc/>
    public override IActorRef ActorOf(Props props, string name = null) => CreateChild(_guardians.User.Cell, props, name);

    /// <inheritdoc/>
    public override IActorRef SystemActorOf(Props props, string name = null) => CreateChild(_guardians.System.Cell, props, name);

    /// <inheritdoc/>
    public override IActorRef SystemActorOf<TActor>(string name = null) => SystemActorOf(Props.Create(() => new TActor()), name);

    /// <inheritdoc/>
    public override ActorSelection ActorSelection(ActorPath actorPath) => ActorRefFactoryShared.ActorSelection(actorPath, this);

    /// <inheritdoc/>
    public override ActorSelection ActorSelection(string actorPath) => ActorRefFactoryShared.ActorSelection(actorPath, this, LookupRoot);

    /// <inheritdoc/>
    public override object RegisterExtension(IExtensionId extension) => _extensions.Register(extension);

    /// <inheritdoc/>
    public override object GetExtension(IExtensionId extensionId) => _extensions.Find(extensionId.ExtensionType);

    /// <inheritdoc/>
    public override T GetExtension<T>() => (T)_extensions.Find(typeof(T));

    /// <inheritdoc/>
    public override bool HasExtension(Type type) => _extensions.Has(type);

    /// <inheritdoc/>
    public override bool HasExtension<T>() => _extensions.Has(typeof(T));

    /// <inheritdoc/>
    public override bool TryGetExtension(Type extensionType, out object extension) => (extension = _extensions.Find(extensionType)) is not null;

    /// <inheritdoc/>
    public override bool TryGetExtension<T>(out T extension) => (extension = GetExtension<T>()) is not null;

    /// <inheritdoc/>
    public override void RegisterOnTermination(Action code) => _termination.Register(code);

    /// <inheritdoc/>
    public override Task Terminate() => _termination.Begin();

    /// <inheritdoc/>
    public override void Abort() => Terminate();

    /// <inheritdoc/>
    public override string PrintTree() => SystemTree.Print(_guardians.Root);

    internal Task StopActors() => _termination.StopActors();

    /// <inheritdoc/>
    public override void Stop(IActorRef actor)
    {
        // Through the guardian, so that the name counts as stopping at once.
        if (((IInternalActorRef)actor).Parent is LocalActorRef parent && (parent == _guardians.User || parent == _guardians.System)) parent.Cell.Stop(actor);
        else ((IInternalActorRef)actor).Stop();
    }

    /// <inheritdoc/>
    public override string ToString() => LookupRoot.Path.Root.Address.ToString();

    /// <summary>Makes an actor in the place of a name; from any thread.</summary>
    internal LocalActorRef CreateChild(ActorCell parent, Props props, string name)
    {
        name = parent.Children.Reserve(name);
        ActorCell cell;
        try
        {
            var dispatcher = props.Dispatcher is { Length: > 0 } id ? Dispatchers.Lookup(id) : Dispatchers.DefaultGlobalDispatcher;
            var bound = Mailboxes.Bound(props.Mailbox);
            var child = new LocalActorRef(new ChildActorPath(parent.Self.Path, name, ActorUids.Next()));
            cell = new ActorCell(this, child, props, dispatcher, parent.SelfRef, bound);
            parent.Children.Attach(child);
        }
        catch
        {
            parent.Children.Unreserve(name);
            throw;
        }
        cell.Start();
        // A child made while its parent is suspended by a failure will be resumed with its siblings.
        if (ReferenceEquals(ActorCell.Current, parent) && parent.Faults.IsFailed)
            for (var i = parent.Mailbox.Suspensions; i > 0; i--) cell.SelfRef.Suspend();
        return cell.SelfRef;
    }

    internal void StopGuardians() => _guardians.User.Stop();

    /// <summary>Ends what is no actor, when all actors have ended.</summary>
    internal void Release()
    {
        if (_scheduler.IsValueCreated && Scheduler is IDisposable scheduler) scheduler.Dispose();
        Dispatchers.ShutDown();
    }

    private static bool IsValidName(string name) =>
        name is { Length: > 0 } && name[0] is not ('-' or '_') && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
