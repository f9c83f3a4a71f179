namespace Akka.Actor;

/// <summary>What a cell offers to its actor as <see cref="IActorContext"/>.</summary>
internal sealed partial class ActorCell
{
    public TimeSpan? ReceiveTimeout => _timeout?.Duration;

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

    public void Become(Receive receive) => _behaviors.Become(receive);

    public void BecomeStacked(Receive receive) => _behaviors.BecomeStacked(receive);

    public void UnbecomeStacked() => _behaviors.UnbecomeStacked();

    void IUntypedActorContext.Become(UntypedReceive receive) => Become(ToReceive(receive));

    void IUntypedActorContext.BecomeStacked(UntypedReceive receive) => BecomeStacked(ToReceive(receive));

    public void SetReceiveTimeout(TimeSpan? timeout) => (_timeout ??= new ReceiveTimeoutTimer(this)).Set(timeout);

    private static Receive ToReceive(UntypedReceive receive) => message =>
    {
        receive(message);
        return true;
    };
}
