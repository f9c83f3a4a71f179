using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>An actor with one method for all messages.</summary>
public abstract class UntypedActor : ActorBase
{
    /// <summary>Called by the deriving class only.</summary>
    protected UntypedActor() { }

    /// <summary>What the running actor can do.</summary>
    protected new static IUntypedActorContext Context => CurrentCell;

    /// <inheritdoc/>
    protected sealed override bool Receive(object message)
    {
        OnReceive(message);
        return true;
    }

    /// <summary>Handles a message; what it does not know it passes to <see cref="ActorBase.Unhandled"/>.</summary>
    protected abstract void OnReceive(object message);

    /// <summary>Runs an action as an asynchronous handler would run.</summary>
    protected void RunTask(Action action) => ActorTaskScheduler.RunTask(action);

    /// <summary>Runs an asynchronous action on the actor; the next message waits until it has finished.</summary>
    protected void RunTask(Func<Task> action) => ActorTaskScheduler.RunTask(action);

    /// <summary>Replaces the behaviour.</summary>
    protected void Become(UntypedReceive receive) => Context.Become(receive);

    /// <summary>Replaces the behaviour and keeps the one before.</summary>
    protected void BecomeStacked(UntypedReceive receive) => Context.BecomeStacked(receive);
}
