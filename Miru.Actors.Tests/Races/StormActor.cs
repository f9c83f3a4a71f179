using Akka.Actor;

namespace Miru.Actors.Tests.Races;

/// <summary>
/// Lives through a storm and writes down what happens to it. A restart stops the children of every other actor and lets the others keep
/// theirs.
/// </summary>
public sealed class StormActor : ReceiveActor
{
    private readonly Ledger _ledger;
    private readonly string _dispatcher;
    private readonly HashSet<IActorRef> _watching;
    private readonly IActorRef _self;
    private bool _ended;

    /// <param name="ledger">Where to write.</param>
    /// <param name="dispatcher">For the children.</param>
    /// <param name="watching">Outlives restarts, as watches do.</param>
    /// <param name="stillborn">Fail instead of coming to life.</param>
    public StormActor(Ledger ledger, string dispatcher, HashSet<IActorRef> watching, bool stillborn)
    {
        if (stillborn) throw new StormException(Directive.Stop);
        _ledger = ledger;
        _dispatcher = dispatcher;
        _watching = watching;
        // Akka.NET takes Self from an instance that PreRestart has dismissed; if the actor is stopped before there is another, its PostStop runs all the same.
        _self = Self;
        ledger.InstanceBorn();

        Receive<Numbered>(message =>
        {
            ledger.Fate(message);
            Handle(message);
        });
        Receive<Terminated>(terminated =>
        {
            ledger.Answered(Self, terminated.ActorRef);
            _watching.Remove(terminated.ActorRef);
        });
    }

    public static Props Props(Ledger ledger, string dispatcher, bool stillborn = false)
    {
        var watching = new HashSet<IActorRef>();
        return Akka.Actor.Props.Create(() => new StormActor(ledger, dispatcher, watching, stillborn)).WithDispatcher(dispatcher);
    }

    protected override void PreStart() => _ledger.Enter(Self);

    protected override void PostRestart(Exception reason)
    {
    }

    protected override void PreRestart(Exception reason, object message)
    {
        End();
        if (Self.Path.Name.Length % 2 == 0) return;
        foreach (var child in Context.GetChildren()) Context.Stop(child);
    }

    protected override void PostStop()
    {
        End();
        _ledger.Died(_self);
    }

    protected override SupervisorStrategy SupervisorStrategy()
    {
        var decider = Decider.From(cause => cause is StormException storm ? storm.Verdict : Directive.Stop);
        return Self.Path.Elements.Count % 2 == 0 ? new OneForOneStrategy(decider) : new AllForOneStrategy(decider);
    }

    private void Handle(Numbered message)
    {
        switch (message)
        {
            case Fail fail:
                throw new StormException(fail.Verdict);
            case Halt:
                Context.Stop(Self);
                break;
            case Spawn spawn:
                Context.ActorOf(Props(_ledger, _dispatcher, spawn.Stillborn));
                break;
            case LookAt look when !look.Subject.Equals(Self) && _watching.Add(look.Subject):
                _ledger.Watched(Self, look.Subject);
                Context.Watch(look.Subject);
                break;
            case LookAway look when _watching.Remove(look.Subject):
                _ledger.Unwatched(Self, look.Subject);
                Context.Unwatch(look.Subject);
                break;
        }
    }

    private void End()
    {
        if (!_ended) _ledger.InstanceEnded();
        _ended = true;
    }
}
