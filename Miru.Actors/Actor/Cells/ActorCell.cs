using Akka.Actor.Internal;
using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>
/// The living part of an actor: what stays while instances come and go. It knows its place in the tree, holds the current instance,
/// and hands each concern to a part of its own:
/// <list type="bullet">
/// <item><see cref="Mailbox"/>: when and on which thread it runs;</item>
/// <item><see cref="SystemMessages"/>: which lifecycle message is handled now and which must wait;</item>
/// <item><see cref="FaultHandling"/>: creation, failure, suspension, restart, end;</item>
/// <item><see cref="ChildActors"/>: the children and what waits for their end;</item>
/// <item><see cref="DeathWatch"/>: who watches whom;</item>
/// <item><see cref="BehaviorStack"/>, <see cref="ReceiveTimeoutTimer"/>, <see cref="ActorStash"/>, <see cref="TimerScheduler"/>.</item>
/// </list>
/// Everything here runs inside a run of the mailbox unless it says otherwise.
/// </summary>
internal sealed partial class ActorCell : IUntypedActorContext
{
    /// <summary>The cell that runs on this thread; null outside of actors.</summary>
    [ThreadStatic]
    internal static ActorCell Current;

    private BehaviorStack _behaviors;
    private ChildActors _children;
    private DeathWatch _deathWatch;
    private ReceiveTimeoutTimer _timeout;
    private ActorTaskScheduler _taskScheduler;
    private TimerScheduler _timers;
    private ActorStash _stash;
    private IActorRef _sender;
    private bool _discharged;

    internal ActorCell(ActorSystemImpl system, LocalActorRef self, Props props, MessageDispatcher dispatcher, IInternalActorRef parent)
    {
        SystemImpl = system;
        SelfRef = self;
        ParentRef = parent;
        Props = props;
        Mailbox = new Mailbox(this, dispatcher);
        SystemMessages = new SystemMessages(this);
        Faults = new FaultHandling(this);
        self.Cell = this;
    }

    internal ActorSystemImpl SystemImpl { get; }

    internal LocalActorRef SelfRef { get; }

    internal IInternalActorRef ParentRef { get; }

    internal Mailbox Mailbox { get; }

    internal SystemMessages SystemMessages { get; }

    internal FaultHandling Faults { get; }

    internal ChildActors Children => _children ?? Interlocked.CompareExchange(ref _children, new ChildActors(), null) ?? _children;

    /// <summary>
    /// Before the end: no child can come any more, neither from <c>PostStop</c> nor, below a guardian, from another thread. One that
    /// slipped in would outlive its parent.
    /// </summary>
    internal ChildActors CloseChildren() => (_children ?? Interlocked.CompareExchange(ref _children, ChildActors.Never, null) ?? _children).Close();

    internal DeathWatch DeathWatch => _deathWatch ??= new DeathWatch(this);

    internal ActorTaskScheduler TaskScheduler => _taskScheduler ??= new ActorTaskScheduler(this);

    /// <summary>The current instance; null before the first, after a failed creation, and after the end.</summary>
    internal ActorBase Actor { get; private set; }

    /// <summary>The message being handled; null between messages.</summary>
    internal object CurrentMessage { get; private set; }

    /// <summary>Numbers the messages handled, so that a stash can tell one message from another equal one.</summary>
    internal int CurrentEnvelopeId { get; private set; }

    internal bool IsTerminated => Mailbox.IsClosed;

    public Props Props { get; }

    public IActorRef Self => SelfRef;

    public IActorRef Sender => _sender ?? SystemImpl.DeadLetters;

    public IActorRef Parent => ParentRef;

    public ActorSystem System => SystemImpl;

    public MessageDispatcher Dispatcher => Mailbox.Dispatcher;

    /// <summary>Asks for the first instance. From any thread, once.</summary>
    internal void Start() => Mailbox.PostSystem(new Dispatch.SysMsg.Create());

    internal IInternalActorRef FindChild(string name) => _children?.Find(name)?.Child ?? ActorRefs.Nobody;

    /// <summary>True when this cell never had a child; spares leaves the bookkeeping.</summary>
    internal bool IsLeaf => _children is null;

    internal IReadOnlyCollection<IInternalActorRef> ChildRefs => _children?.Refs ?? [];

    internal Envelope CurrentEnvelope => new(CurrentMessage, _sender);

    /// <summary>Sets the sender of the message at hand and gives the one before.</summary>
    internal IActorRef ExchangeSender(IActorRef sender)
    {
        var before = _sender;
        _sender = sender;
        return before;
    }

    /// <summary>Makes an instance and gives it what its interfaces ask for.</summary>
    internal void Incarnate()
    {
        _behaviors.Clear();
        var actor = Props.NewInstance();
        Actor = actor;
        _discharged = false;
        if (actor is IActorStash withStash) withStash.Stash = _stash = new ActorStash(this);
        if (actor is IWithTimers withTimers) withTimers.Timers = _timers = new TimerScheduler(this);
        actor.Initialize();
    }

    /// <summary>Puts the stash back to the front of the mailbox, for the next instance or for the dead letters.</summary>
    internal void ReturnStash()
    {
        _stash?.UnstashAll();
        _stash = null;
    }

    /// <summary>
    /// Ends what belongs to the instance, and disposes of it when it can be. The instance itself stays known until the next one takes its
    /// place: should the actor stop before, it is the one whose <c>PostStop</c> runs.
    /// </summary>
    internal void Discharge()
    {
        _timers?.CancelAll();
        _timers = null;
        _timeout?.Cancel();
        _behaviors.Clear();
        ForgetMessage();
        if (Actor is null || _discharged) return;
        _discharged = true;
        try
        {
            (Actor as IDisposable)?.Dispose();
        }
        catch (Exception failure)
        {
            SystemImpl.Log.Log(Event.LogLevel.ErrorLevel, failure, $"An error occurred while disposing {Actor.GetType()} actor. Reason: {failure.Message}");
        }
        Props.Release(Actor);
    }

    /// <summary>Lets the instance go.</summary>
    internal void Bury()
    {
        Discharge();
        Actor = null;
    }
}
