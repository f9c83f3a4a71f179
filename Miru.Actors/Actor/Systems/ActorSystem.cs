using Akka.Actor.Internal;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Actor;

/// <summary>A tree of actors and what they share: dispatchers, a scheduler, an event stream, extensions.</summary>
public abstract class ActorSystem : IActorRefFactory, IDisposable
{
    private readonly long _started = TimeProvider.System.GetTimestamp();

    /// <summary>Called by the deriving class only.</summary>
    protected ActorSystem() { }

    /// <summary>The settings.</summary>
    public abstract Settings Settings { get; }

    /// <summary>The name, first in every path.</summary>
    public abstract string Name { get; }

    /// <summary>The dispatchers by id.</summary>
    public abstract Dispatchers Dispatchers { get; }

    /// <summary>The mailboxes by id.</summary>
    public abstract Mailboxes Mailboxes { get; }

    /// <summary>References as texts.</summary>
    public abstract Serialization.Serialization Serialization { get; }

    /// <summary>The bus for log events, dead letters and what applications publish.</summary>
    public abstract EventStream EventStream { get; }

    /// <summary>Where messages to the dead end.</summary>
    public abstract IActorRef DeadLetters { get; }

    /// <summary>Swallows everything.</summary>
    public abstract IActorRef IgnoreRef { get; }

    /// <summary>Does things later.</summary>
    public abstract IScheduler Scheduler { get; }

    /// <summary>Logs in the system's name.</summary>
    public abstract ILoggingAdapter Log { get; }

    /// <summary>Completes when every actor has stopped and every registered action has run.</summary>
    public abstract Task WhenTerminated { get; }

    /// <summary>When the system started, on the monotonic clock.</summary>
    public TimeSpan StartTime => TimeProvider.System.GetElapsedTime(0, _started);

    /// <summary>How long it has been running.</summary>
    public TimeSpan Uptime => TimeProvider.System.GetElapsedTime(_started);

    /// <summary>Starts a system with default settings.</summary>
    public static ActorSystem Create(string name) => Create(name, ActorSystemSetup.Empty);

    /// <summary>Starts a system.</summary>
    public static ActorSystem Create(string name, Config config) => Create(name, BootstrapSetup.Create().WithConfig(config));

    /// <summary>Starts a system.</summary>
    public static ActorSystem Create(string name, BootstrapSetup setup) => Create(name, ActorSystemSetup.Create(setup));

    /// <summary>Starts a system.</summary>
    /// <exception cref="ArgumentException">The name is not made of letters, digits and "-", or begins with "-".</exception>
    public static ActorSystem Create(string name, ActorSystemSetup setup) => ActorSystemImpl.Start(name, setup);

    /// <summary>Adds an extension, once per system.</summary>
    public abstract object RegisterExtension(IExtensionId extension);

    /// <summary>The extension of this id; null when there is none.</summary>
    public abstract object GetExtension(IExtensionId extensionId);

    /// <summary>The extension of this type; null when there is none.</summary>
    public abstract T GetExtension<T>() where T : class, IExtension;

    /// <summary>True when there is an extension of this type.</summary>
    public abstract bool HasExtension(Type type);

    /// <summary>True when there is an extension of this type.</summary>
    public abstract bool HasExtension<T>() where T : class, IExtension;

    /// <summary>The extension of this type, if there is one.</summary>
    public abstract bool TryGetExtension(Type extensionType, out object extension);

    /// <summary>The extension of this type, if there is one.</summary>
    public abstract bool TryGetExtension<T>(out T extension) where T : class, IExtension;

    /// <summary>Runs an action when the system has ended; the last registered first.</summary>
    public abstract void RegisterOnTermination(Action code);

    /// <summary>Ends the system: the coordinated shutdown, then /user, then /system. A second call changes nothing.</summary>
    public abstract Task Terminate();

    /// <summary>Stops an actor.</summary>
    public abstract void Stop(IActorRef actor);

    /// <inheritdoc/>
    public abstract IActorRef ActorOf(Props props, string name = null);

    /// <inheritdoc/>
    public abstract ActorSelection ActorSelection(ActorPath actorPath);

    /// <inheritdoc/>
    public abstract ActorSelection ActorSelection(string actorPath);

    /// <summary>Begins to end the system without waiting for it.</summary>
    public void Dispose()
    {
        _ = Terminate();
        GC.SuppressFinalize(this);
    }
}
