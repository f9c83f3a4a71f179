using Akka.Actor.Internal;
using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>
/// The living part of an actor: what stays while instances come and go. It knows its place in the tree, is the context of its actor,
/// and leaves each concern to a part of its own:
/// <list type="bullet">
/// <item><see cref="Mailbox"/>: when and on which thread it runs;</item>
/// <item><see cref="Reception"/>: how one message is handled;</item>
/// <item><see cref="SystemMessages"/>: which lifecycle message is handled now and which must wait;</item>
/// <item><see cref="FaultHandling"/>: creation, failure, suspension, restart, end;</item>
/// <item><see cref="ChildSupervision"/>: the judgement over failed children;</item>
/// <item><see cref="Incarnation"/>: the instance, its behaviours, timers and stash;</item>
/// <item><see cref="ChildActors"/>: the children and what waits for their end;</item>
/// <item><see cref="DeathWatch"/>: who watches whom.</item>
/// </list>
/// Everything here and in its parts runs inside a run of the mailbox unless it says otherwise. Parts that most actors do
/// without are made when they are first needed.
/// </summary>
internal sealed partial class ActorCell : IUntypedActorContext
{
    /// <summary>The cell that runs on this thread; null outside of actors.</summary>
    [ThreadStatic]
    internal static ActorCell Current;

    private ChildActors _children;
    private DeathWatch _deathWatch;
    private ActorTaskScheduler _taskScheduler;

    internal ActorCell(ActorSystemImpl system, LocalActorRef self, Props props, MessageDispatcher dispatcher, IInternalActorRef parent, MailboxBound bound = null)
    {
        SystemImpl = system;
        SelfRef = self;
        ParentRef = parent;
        Props = props;
        Mailbox = new Mailbox(this, dispatcher, bound);
        Reception = new Reception(this);
        SystemMessages = new SystemMessages(this);
        Faults = new FaultHandling(this);
        self.Cell = this;
    }

    internal ActorSystemImpl SystemImpl { get; }

    internal LocalActorRef SelfRef { get; }

    internal IInternalActorRef ParentRef { get; }

    internal Mailbox Mailbox { get; }

    internal Reception Reception { get; }

    internal SystemMessages SystemMessages { get; }

    internal FaultHandling Faults { get; }

    internal DeathWatch DeathWatch => _deathWatch ??= new DeathWatch(this);

    internal ActorTaskScheduler TaskScheduler => _taskScheduler ??= new ActorTaskScheduler(this);

    /// <summary>From any thread.</summary>
    internal ChildActors Children => _children ?? Interlocked.CompareExchange(ref _children, new ChildActors(), null) ?? _children;

    /// <summary>True when this cell never had a child; spares leaves the bookkeeping. From any thread.</summary>
    internal bool IsLeaf => _children is null;

    /// <summary>A list of its own. From any thread.</summary>
    internal IReadOnlyCollection<IInternalActorRef> ChildRefs => _children?.Refs ?? [];

    /// <summary>The current instance and what is its; null before the first, after a failed creation, and after the end.</summary>
    internal Incarnation Incarnation { get; private set; }

    internal ActorBase Actor => Incarnation?.Actor;

    internal bool IsTerminated => Mailbox.IsClosed;

    public Props Props { get; }

    public IActorRef Self => SelfRef;

    public IActorRef Sender => Reception.Sender ?? SystemImpl.DeadLetters;

    public IActorRef Parent => ParentRef;

    public ActorSystem System => SystemImpl;

    public MessageDispatcher Dispatcher => Mailbox.Dispatcher;

    public TimeSpan? ReceiveTimeout => Reception.Timeout;

    public IActorRef ActorOf(Props props, string name = null) => SystemImpl.CreateChild(this, props, name);

    public ActorSelection ActorSelection(string actorPath) => ActorRefFactoryShared.ActorSelection(actorPath, SystemImpl, SelfRef);

    public ActorSelection ActorSelection(ActorPath actorPath) => ActorRefFactoryShared.ActorSelection(actorPath, SystemImpl);

    public IActorRef Child(string name) => FindChild(name);

    public IEnumerable<IActorRef> GetChildren() => ChildRefs;

    /// <summary>From any thread, because a system stops actors through its guardians.</summary>
    public void Stop(IActorRef child)
    {
        _children?.MarkStopping(child);
        ((IInternalActorRef)child).Stop();
    }

    public IActorRef Watch(IActorRef subject) => DeathWatch.Watch(subject, null);

    public IActorRef WatchWith(IActorRef subject, object message) =>
        DeathWatch.Watch(subject, message ?? throw new ArgumentNullException(nameof(message)));

    public IActorRef Unwatch(IActorRef subject) => DeathWatch.Unwatch(subject);

    public void Become(Receive receive) => Incarnation.Behaviors.Become(receive);

    public void BecomeStacked(Receive receive) => Incarnation.Behaviors.BecomeStacked(receive);

    public void UnbecomeStacked() => Incarnation.Behaviors.UnbecomeStacked();

    void IUntypedActorContext.Become(UntypedReceive receive) => Become(ToReceive(receive));

    void IUntypedActorContext.BecomeStacked(UntypedReceive receive) => BecomeStacked(ToReceive(receive));

    public void SetReceiveTimeout(TimeSpan? timeout) => Reception.SetTimeout(timeout);

    /// <summary>Asks for the first instance. From any thread, once.</summary>
    internal void Start() => Mailbox.PostSystem(new Dispatch.SysMsg.Create());

    internal IInternalActorRef FindChild(string name) => _children?.Find(name)?.Child ?? ActorRefs.Nobody;

    /// <summary>
    /// Before the end: no child can come any more, neither from <c>PostStop</c> nor, below a guardian, from another thread. One that
    /// slipped in would outlive its parent.
    /// </summary>
    internal ChildActors CloseChildren() => (_children ?? Interlocked.CompareExchange(ref _children, ChildActors.Never, null) ?? _children).Close();

    /// <summary>
    /// Makes an instance. When that fails the one before stays the actor's, although it has ended: should the actor stop now, it is the
    /// one whose <c>PostStop</c> runs.
    /// </summary>
    internal void Incarnate()
    {
        var before = Incarnation;
        var fresh = Incarnation = new Incarnation(this);
        try
        {
            fresh.Begin();
        }
        catch
        {
            Incarnation = before;
            throw;
        }
    }

    /// <summary>Ends the instance and forgets it.</summary>
    internal void Bury()
    {
        Incarnation?.End();
        Incarnation = null;
        Reception.Forget();
    }

    private static Receive ToReceive(UntypedReceive receive) => message =>
    {
        receive(message);
        return true;
    };
}
