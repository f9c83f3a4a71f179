using Akka.Actor.Internal;
using Akka.Serialization;

namespace Akka.Actor;

/// <summary>Makes and finds references: the tree of a system as its parts see it.</summary>
public interface IActorRefProvider
{
    /// <summary>/: where paths begin.</summary>
    IInternalActorRef RootGuardian { get; }

    /// <summary>/user: the parent of the application's actors.</summary>
    LocalActorRef Guardian { get; }

    /// <summary>/system: the parent of the runtime's actors.</summary>
    LocalActorRef SystemGuardian { get; }

    /// <summary>Where messages to the dead end.</summary>
    IActorRef DeadLetters { get; }

    /// <summary>Swallows everything.</summary>
    IActorRef IgnoreRef { get; }

    /// <summary>The path that all others go through.</summary>
    ActorPath RootPath { get; }

    /// <summary>The system's settings.</summary>
    Settings Settings { get; }

    /// <summary>What the settings say about single actors.</summary>
    Deployer Deployer { get; }

    /// <summary>/temp: the parent of what lives for one answer.</summary>
    IInternalActorRef TempContainer { get; }

    /// <summary>Completes when every actor has stopped.</summary>
    Task TerminationTask { get; }

    /// <summary>The address of this system.</summary>
    Address DefaultAddress { get; }

    /// <summary>How references of this system are written down.</summary>
    Information SerializationInformation { get; }

    /// <summary>The root of the system at an address; the dead letters when it is not this one.</summary>
    IActorRef RootGuardianAt(Address address);

    /// <summary>A new path below /temp.</summary>
    ActorPath TempPath();

    /// <summary>Lets a reference below /temp be found by its path.</summary>
    void RegisterTempActor(IInternalActorRef actorRef, ActorPath path);

    /// <summary>Lets it be found no longer.</summary>
    void UnregisterTempActor(ActorPath path);

    /// <summary>Called by the system that it belongs to, once.</summary>
    void Init(ActorSystemImpl system);

    /// <summary>Makes an actor below its supervisor, under the name that ends the path.</summary>
    IInternalActorRef ActorOf(ActorSystemImpl system, Props props, IInternalActorRef supervisor, ActorPath path, bool systemService, Deploy deploy, bool lookupDeploy, bool async);

    /// <summary>The reference of who lives at the path in a text now, whatever incarnation it names; the dead letters when it is another system's path or none.</summary>
    IActorRef ResolveActorRef(string path);

    /// <summary>The reference of who lives at a path now; when nobody lives there, one that leads to the dead letters.</summary>
    IActorRef ResolveActorRef(ActorPath actorPath);

    /// <summary>A reference that completes a task with what it is told.</summary>
    FutureActorRef<T> CreateFutureRef<T>(TaskCompletionSource<T> tcs);

    /// <summary>The address by which another system knows this one; null when it does not.</summary>
    Address GetExternalAddressFor(Address address);
}
