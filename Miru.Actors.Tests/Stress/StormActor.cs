using Akka.Actor;

namespace Miru.Actors.Tests.Stress;

/// <summary>One of a thousand: does what orders say, supervises what it spawns, and reports everything to the ledger.</summary>
internal sealed class StormActor : UntypedActor, IWithUnboundedStash, IWithTimers
{
    private readonly StormLedger _ledger;
    private readonly int _id;

    public StormActor(StormLedger ledger, int id)
    {
        _ledger = ledger;
        _id = id;
        ledger.Construct(id, this);
    }

    public IStash Stash { get; set; }

    public ITimerScheduler Timers { get; set; }

    public static Props Props(StormLedger ledger, int id) => Akka.Actor.Props.Create(() => new StormActor(ledger, id)).WithDispatcher(Storm.Dispatcher);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Order order:
                Obey(order);
                break;
            case Terminated terminated:
                _ledger.Answer(_id, terminated.ActorRef);
                break;
            case Census census:
                _ledger.Count(_id);
                foreach (var child in Children()) child.Tell(census);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    protected override SupervisorStrategy SupervisorStrategy() =>
        _id % 7 == 3 ? new AllForOneStrategy(Judge) : new OneForOneStrategy(Judge);

    // Most keep their children, which are then restarted with them.
    protected override void PreRestart(Exception reason, object message)
    {
        if (_id % 10 != 7) return;
        foreach (var child in Children()) Context.Stop(child);
    }

    private Directive Judge(Exception cause) => cause switch
    {
        // Climbs until it meets an even number; the root is one.
        Verdict { Directive: Directive.Escalate } when _id % 2 == 0 => Directive.Restart,
        Verdict verdict => verdict.Directive,
        _ => Akka.Actor.SupervisorStrategy.DefaultDecider.Decide(cause),
    };

    private void Obey(Order order)
    {
        if (order.Deed == Deed.Stash && _ledger.PutAside(order.Number))
        {
            Stash.Stash();
            return;
        }
        _ledger.Handle(order.Number, _id);
        switch (order.Deed)
        {
            case Deed.Fail:
                throw new Verdict(order.Verdict);
            case Deed.FailAndFailAgainWhenRestarted:
                // Not with children: in Akka.NET a resume from above can then undo the stop of an actor that has no instance.
                if (Children().Count == 0) _ledger.Spoil(_id);
                throw new Verdict(Directive.Restart);
            case Deed.Spawn:
                Spawn(stillborn: false);
                break;
            case Deed.SpawnStillborn:
                Spawn(stillborn: true);
                break;
            case Deed.StopChild:
                var children = Children();
                if (children.Count > 0) Context.Stop(children[order.Argument % children.Count]);
                break;
            case Deed.StopItself:
                Context.Stop(Self);
                break;
            case Deed.Watch:
                if (_ledger.TryWatch(_id, order.Argument, out var subject)) Context.Watch(subject);
                break;
            case Deed.Unwatch:
                if (_ledger.TryUnwatch(_id, out subject)) Context.Unwatch(subject);
                break;
            case Deed.Unstash:
                Stash.UnstashAll();
                break;
            case Deed.StartTimer:
                Timers.StartSingleTimer("timer", new Order(_ledger.NextTick(), Deed.Nothing, 0, default), TimeSpan.FromMilliseconds(1 + order.Argument % 50));
                break;
            case Deed.PassOn:
                _ledger.Tell(order.Argument, Deed.Nothing);
                break;
        }
    }

    private void Spawn(bool stillborn)
    {
        if (!_ledger.TryBear(out var id)) return;
        if (stillborn) _ledger.Spoil(id);
        _ledger.Bear(id, Context.ActorOf(Props(_ledger, id), id.ToString()));
    }

    // In an order that is the same in every run.
    private List<IActorRef> Children() => Context.GetChildren().OrderBy(child => int.Parse(child.Path.Name)).ToList();

    /// <summary>Has everyone alive report.</summary>
    public sealed class Census;
}
