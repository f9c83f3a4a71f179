using Akka.Actor;

namespace Miru.Actors.Tests.Doubles;

/// <summary>An actor whose behaviour is written in the test that reads it. The script runs in the constructor, so once per incarnation.</summary>
public class Scripted : ReceiveActor
{
    public Scripted(Action<Scripted> script) => script(this);

    /// <summary>Runs in PreStart.</summary>
    public Action Starting { get; set; }

    /// <summary>Runs in PostStop.</summary>
    public Action Stopped { get; set; }

    /// <summary>Runs in PreRestart, before its default.</summary>
    public Action<Exception, object> Restarting { get; set; }

    /// <summary>Runs in PostRestart, before its default.</summary>
    public Action<Exception> Restarted { get; set; }

    /// <summary>Leaves PreRestart's default out, which would stop the children and run PostStop.</summary>
    public bool KeepsChildren { get; set; }

    /// <summary>Replaces the default of Unhandled.</summary>
    public Action<object> Refusing { get; set; }

    /// <summary>The strategy for the children; the default one if null.</summary>
    public SupervisorStrategy Strategy { get; set; }

    public new IUntypedActorContext Context => UntypedActor.Context;

    public new IActorRef Self => base.Self;

    public new IActorRef Sender => base.Sender;

    public void On<T>(Action<T> handler, Predicate<T> when = null) => Receive(handler, when);

    public void OnAny(Action<object> handler) => ReceiveAny(handler);

    public void OnAsync<T>(Func<T, Task> handler) => ReceiveAsync(handler);

    public new void Become(Action configure) => base.Become(configure);

    public new void BecomeStacked(Action configure) => base.BecomeStacked(configure);

    public new void UnbecomeStacked() => base.UnbecomeStacked();

    public void Refuse(object message) => Unhandled(message);

    public IActorRef Spawn(Action<Scripted> script, string name = null) => Context.ActorOf(Props.Create(() => new Scripted(script)), name);

    protected override void PreStart()
    {
        Starting?.Invoke();
        base.PreStart();
    }

    protected override void PostStop()
    {
        Stopped?.Invoke();
        base.PostStop();
    }

    protected override void PreRestart(Exception reason, object message)
    {
        Restarting?.Invoke(reason, message);
        if (!KeepsChildren) base.PreRestart(reason, message);
    }

    protected override void PostRestart(Exception reason)
    {
        Restarted?.Invoke(reason);
        base.PostRestart(reason);
    }

    protected override SupervisorStrategy SupervisorStrategy() => Strategy ?? base.SupervisorStrategy();

    protected override void Unhandled(object message)
    {
        if (Refusing is null) base.Unhandled(message);
        else Refusing(message);
    }
}
