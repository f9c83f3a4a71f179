using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// One incarnation of an actor. It handles one message at a time; nobody else touches its fields. Made by its cell, never by
/// <c>new</c>.
/// <para>
/// A life: constructor, <see cref="PreStart"/>, messages, <see cref="PostStop"/>. A restart: <see cref="PreRestart"/> of the old
/// incarnation, constructor and <see cref="PostRestart"/> of the new one; unless overridden these call <c>PostStop</c> and <c>PreStart</c>.
/// </para>
/// </summary>
public abstract class ActorBase
{
    private SupervisorStrategy _strategy;

    /// <exception cref="ActorInitializationException">Made with <c>new</c>, outside of an actor's cell.</exception>
    protected ActorBase()
    {
        var cell = ActorCell.Current ?? throw new ActorInitializationException(
            $"Do not create actors using 'new', always create them using an ActorContext/System: [{GetType().FullName}]");
        cell.Become(Receive);
    }

    /// <summary>What the running actor can do.</summary>
    /// <exception cref="NotSupportedException">No actor runs on this thread; typically after <c>ConfigureAwait(false)</c>.</exception>
    protected static IActorContext Context => CurrentCell;

    /// <summary>The behaviour that handles nothing.</summary>
    protected static Receive EmptyReceive => static _ => false;

    /// <summary>This actor.</summary>
    protected IActorRef Self => CurrentCell.Self;

    /// <summary>Who sent the current message; the dead letters when nobody did. Copy it before an await or a lambda.</summary>
    protected IActorRef Sender => CurrentCell.Sender;

    internal SupervisorStrategy Strategy => _strategy ??= SupervisorStrategy();

    internal static ActorCell CurrentCell => ActorCell.Current ?? throw new NotSupportedException(
        "There is no active ActorContext, this is most likely due to use of async operations from within this actor.");

    /// <summary>Wraps <see cref="PostRestart"/>.</summary>
    public virtual void AroundPostRestart(Exception cause, object message) => PostRestart(cause);

    /// <summary>Wraps <see cref="PreRestart"/>.</summary>
    public virtual void AroundPreRestart(Exception cause, object message) => PreRestart(cause, message);

    /// <summary>Wraps <see cref="PreStart"/>.</summary>
    public virtual void AroundPreStart() => PreStart();

    /// <summary>Wraps <see cref="PostStop"/>.</summary>
    public virtual void AroundPostStop() => PostStop();

    /// <summary>Wraps the behaviour; what it leaves goes to <see cref="Unhandled"/>.</summary>
    protected virtual bool AroundReceive(Receive receive, object message)
    {
        var handled = receive(message);
        if (!handled) Unhandled(message);
        return handled;
    }

    /// <summary>The first behaviour: true when it handled the message.</summary>
    protected abstract bool Receive(object message);

    /// <summary>Runs before the first message.</summary>
    protected virtual void PreStart() { }

    /// <summary>Runs after the last message: release what the actor owns here.</summary>
    protected virtual void PostStop() { }

    /// <summary>Runs on the failed incarnation. Unless overridden stops all children and calls <see cref="PostStop"/>.</summary>
    /// <param name="reason">Why the supervisor restarts it.</param>
    /// <param name="message">The message it failed on; null when it failed on none.</param>
    protected virtual void PreRestart(Exception reason, object message)
    {
        foreach (var child in Context.GetChildren())
        {
            Context.Unwatch(child);
            Context.Stop(child);
        }
        PostStop();
    }

    /// <summary>Runs on the fresh incarnation. Unless overridden calls <see cref="PreStart"/>.</summary>
    protected virtual void PostRestart(Exception reason) => PreStart();

    /// <summary>How this actor judges failures of its children. Asked once per incarnation.</summary>
    protected virtual SupervisorStrategy SupervisorStrategy() => Akka.Actor.SupervisorStrategy.DefaultStrategy;

    /// <summary>Publishes an <see cref="UnhandledMessage"/>.</summary>
    /// <exception cref="DeathPactException">The message is <see cref="Terminated"/>: who watches must handle it.</exception>
    protected virtual void Unhandled(object message)
    {
        if (message is Terminated terminated) throw new DeathPactException(terminated.ActorRef);
        Context.System.EventStream.Publish(new UnhandledMessage(message, Sender, Self));
    }

    /// <summary>Replaces the behaviour.</summary>
    protected void Become(Receive receive) => Context.Become(receive);

    /// <summary>Replaces the behaviour and keeps the one before for <see cref="UnbecomeStacked"/>.</summary>
    protected void BecomeStacked(Receive receive) => Context.BecomeStacked(receive);

    /// <summary>Returns to the behaviour before the last <see cref="BecomeStacked"/>.</summary>
    protected void UnbecomeStacked() => Context.UnbecomeStacked();

    /// <summary>Has <see cref="ReceiveTimeout"/> told when no message came for this long; null ends it.</summary>
    protected void SetReceiveTimeout(TimeSpan? timeout) => Context.SetReceiveTimeout(timeout);

    internal bool HandleByBehavior(Receive receive, object message) => AroundReceive(receive, message);

    internal void AdoptStrategy(SupervisorStrategy strategy) => _strategy = strategy;

    /// <summary>Runs after the constructor.</summary>
    internal virtual void Initialize() { }
}
