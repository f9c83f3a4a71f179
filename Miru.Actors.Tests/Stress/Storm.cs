using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.TestKit;
using Miru.Actors.Tests.Doubles;

namespace Miru.Actors.Tests.Stress;

/// <summary>
/// A system of actors in a storm of orders. The driver draws everything from one seeded generator, runs the actors on its own thread and
/// lets time pass itself, so a seed is a history.
/// </summary>
internal sealed class Storm : IDisposable
{
    public const string Dispatcher = "storm";

    private const string Settings = """
        akka {
          loglevel = OFF
          stdout-loglevel = OFF
          log-dead-letters = off
          log-dead-letters-during-shutdown = off
          scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit"
        }
        """;

    private readonly Random _random;
    private readonly ActorSystem _system;
    private readonly ManualDispatcher _dispatcher;
    private readonly TestScheduler _time;

    public Storm(int seed, int mostActors)
    {
        _random = new Random(seed);
        _system = ActorSystem.Create("storm", ConfigurationFactory.ParseString(Settings));
        _time = (TestScheduler)_system.Scheduler;
        var configurator = new ManualDispatcher.Factory(ConfigurationFactory.ParseString($"id = {Dispatcher}\nthroughput = 5"), _system.Dispatchers.Prerequisites);
        _system.Dispatchers.RegisterConfigurator(Dispatcher, configurator);
        _dispatcher = (ManualDispatcher)configurator.Dispatcher();
        Ledger = new StormLedger(mostActors);
        var undertaker = _system.ActorOf(Props.Create(() => new Undertaker(Ledger)).WithDispatcher(Dispatcher));
        _system.EventStream.Subscribe(undertaker, typeof(DeadLetter));
        Ledger.Bear(0, _system.ActorOf(StormActor.Props(Ledger, 0), "0"));
        // Both are born through their guardian, which runs elsewhere. When it answers, they want their first turns, in this order.
        ((ExtendedActorSystem)_system).Guardian.Ask<ActorIdentity>(new Identify("births")).Wait();
        _dispatcher.RunAll();
    }

    public StormLedger Ledger { get; }

    /// <summary>Lets orders have more actors born until there were <paramref name="count"/>.</summary>
    public void Grow(int count)
    {
        while (Ledger.Actors.Count < count)
        {
            Ledger.Tell(Parent(), Deed.Spawn);
            _dispatcher.RunAll();
        }
    }

    public void Rage(int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            Strike(_random.Next(1, Ledger.Actors.Count));
            for (var turns = _random.Next(3); turns > 0; turns--) _dispatcher.RunOne();
            if (_random.Next(20) == 0) _time.Advance(TimeSpan.FromMilliseconds(_random.Next(30)));
        }
    }

    /// <summary>Lets everything come to rest: all messages and all timers.</summary>
    public void Calm()
    {
        _dispatcher.RunAll();
        _time.Advance(TimeSpan.FromHours(1));
        _dispatcher.RunAll();
    }

    public void TakeCensus()
    {
        Ledger.Actors[0].Tell(new StormActor.Census(), ActorRefs.NoSender);
        _dispatcher.RunAll();
    }

    /// <summary>One more order for everyone who was ever born; the numbers of the orders by actor.</summary>
    public IReadOnlyList<int> CallTheRoll()
    {
        var numbers = Enumerable.Range(0, Ledger.Actors.Count).Select(id => Ledger.Tell(id, Deed.Unstash)).ToList();
        _dispatcher.RunAll();
        return numbers;
    }

    public void End()
    {
        Ledger.Actors[0].Tell(PoisonPill.Instance, ActorRefs.NoSender);
        _dispatcher.RunAll();
    }

    public void Dispose()
    {
        _dispatcher.LetGo();
        _system.Terminate().Wait(TimeSpan.FromSeconds(10));
    }

    // A broad tree: one death must not take half of it along.
    private int Parent() => _random.Next(2) == 0 ? 0 : _random.Next(Ledger.Actors.Count);

    // Everyone but the root, whose supervisor runs elsewhere. In a hundred strikes: 36 harmless, 14 failures, 15 births, a few deaths.
    private void Strike(int target)
    {
        var argument = _random.Next(Ledger.Actors.Count);
        switch (_random.Next(100))
        {
            case < 10: Ledger.Tell(target, Deed.Fail, verdict: _random.Next(3) == 0 ? Directive.Resume : Directive.Restart); break;
            case < 12: Ledger.Tell(target, Deed.Fail, verdict: Directive.Escalate); break;
            case < 13: Ledger.Tell(target, Deed.Fail, verdict: Directive.Stop); break;
            case < 14: Ledger.Tell(target, Deed.FailAndFailAgainWhenRestarted); break;
            case < 29: Ledger.Tell(Parent(), Deed.Spawn); break;
            case < 31: Ledger.Tell(Parent(), Deed.SpawnStillborn); break;
            case < 32: Ledger.Tell(target, Deed.StopChild, argument); break;
            case < 33: Ledger.Tell(target, Deed.StopItself); break;
            case < 34: Ledger.Actors[target].Tell(_random.Next(2) == 0 ? (object)PoisonPill.Instance : Kill.Instance, ActorRefs.NoSender); break;
            case < 42: Ledger.Tell(target, Deed.Watch, argument); break;
            case < 44: Ledger.Tell(target, Deed.Unwatch); break;
            case < 50: Ledger.Tell(target, Deed.Stash); break;
            case < 53: Ledger.Tell(target, Deed.Unstash); break;
            case < 58: Ledger.Tell(target, Deed.StartTimer, argument); break;
            case < 64: Ledger.Tell(target, Deed.PassOn, argument); break;
            default: Ledger.Tell(target, Deed.Nothing); break;
        }
    }

    private sealed class Undertaker : ReceiveActor
    {
        public Undertaker(StormLedger ledger)
        {
            Receive<DeadLetter>(letter =>
            {
                if (letter.Message is Order order) ledger.Bury(order);
            });
        }
    }
}
