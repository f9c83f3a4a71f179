using Akka.Actor.Internal;
using Akka.Serialization;

namespace Akka.Actor;

/// <summary>The references of one process. The tree is the guardians' and their cells'; this is the view of it.</summary>
internal sealed class LocalActorRefProvider : IActorRefProvider
{
    private readonly ActorSystemImpl _system;
    private readonly TempContainer _temp;
    private long _promises;

    internal LocalActorRefProvider(ActorSystemImpl system, ActorPath root)
    {
        _system = system;
        RootPath = root;
        _temp = new TempContainer(this);
    }

    public IInternalActorRef RootGuardian => _system.LookupRoot;

    public LocalActorRef Guardian => (LocalActorRef)_system.Guardian;

    public LocalActorRef SystemGuardian => (LocalActorRef)_system.SystemGuardian;

    public IActorRef DeadLetters => _system.DeadLetters;

    public IActorRef IgnoreRef => _system.IgnoreRef;

    public ActorPath RootPath { get; }

    public Settings Settings => _system.Settings;

    public Deployer Deployer => new(Settings);

    public IInternalActorRef TempContainer => _temp;

    public Task TerminationTask => _system.WhenTerminated;

    public Address DefaultAddress => RootPath.Address;

    public Information SerializationInformation => new(DefaultAddress, _system);

    public IActorRef RootGuardianAt(Address address) => address == DefaultAddress ? RootGuardian : DeadLetters;

    public ActorPath TempPath() => _temp.Path / ActorNames.Anonymous(Interlocked.Increment(ref _promises));

    public void RegisterTempActor(IInternalActorRef actorRef, ActorPath path) => _temp.Add(path, actorRef);

    public void UnregisterTempActor(ActorPath path) => _temp.Remove(path);

    public void Init(ActorSystemImpl system)
    {
        if (system != _system) throw new InvalidOperationException("A provider belongs to the system that made it.");
    }

    public IInternalActorRef ActorOf(ActorSystemImpl system, Props props, IInternalActorRef supervisor, ActorPath path, bool systemService, Deploy deploy, bool lookupDeploy, bool async)
    {
        if (supervisor is not LocalActorRef parent || path.Parent != parent.Path) throw new ArgumentException($"[{path}] is not below [{supervisor}]", nameof(path));
        return _system.CreateChild(parent.Cell, deploy is null ? props : props.WithDeploy(deploy), path.Name);
    }

    public IActorRef ResolveActorRef(string path) => ActorPath.TryParse(path, out var parsed) ? ResolveActorRef(parsed) : DeadLetters;

    public IActorRef ResolveActorRef(ActorPath actorPath)
    {
        if (actorPath.Address != DefaultAddress) return DeadLetters;
        var elements = actorPath.Elements;
        var found = elements is ["temp", ..] ? _temp.GetChild([.. elements.Skip(1)]) : RootGuardian.GetChild(elements);
        return found.IsNobody() ? new EmptyLocalActorRef(this, actorPath, _system.EventStream) : found;
    }

    public FutureActorRef<T> CreateFutureRef<T>(TaskCompletionSource<T> tcs) => new(tcs, TempPath(), this);

    public Address GetExternalAddressFor(Address address) => address == DefaultAddress ? address : null;
}
