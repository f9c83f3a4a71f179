using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.TestKit;

namespace Miru.Actors.Tests.Doubles;

/// <summary>The base of a specification of actors: a quiet system per test, and scripted actors in it.</summary>
public abstract class ActorSpec : Akka.TestKit.Xunit2.TestKit
{
    /// <summary>How long a test listens for what must not come, where nothing that comes could prove it.</summary>
    protected static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a test waits for what must come.</summary>
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private const string Quiet = """
        akka {
          loglevel = OFF
          stdout-loglevel = OFF
          log-dead-letters = off
          log-dead-letters-during-shutdown = off
        }

        """;

    private readonly List<ManualDispatcher> _manualDispatchers = [];

    // A test that holds an actor inside of a message holds a thread; its neighbours must not wait until the pool notices.
    static ActorSpec() => ThreadPool.SetMinThreads(32, 32);

    protected ActorSpec(string config = "") : base(ConfigurationFactory.ParseString(Quiet + config))
    {
    }

    protected static Props Script(Action<Scripted> script) => Props.Create(() => new Scripted(script));

    protected static void Throw(Exception cause) => throw cause;

    /// <summary>Answers what it is told.</summary>
    protected static void Echo(Scripted actor) => actor.OnAny(message => actor.Sender.Tell(message));

    /// <summary>Answers texts, and fails with the exceptions it is told.</summary>
    protected static void EchoOrFail(Scripted actor)
    {
        actor.On<Exception>(Throw);
        actor.On<string>(text => actor.Sender.Tell(text));
    }

    protected IActorRef Start(Action<Scripted> script, string name = null) => Sys.ActorOf(Script(script), name);

    /// <summary>
    /// Starts an actor on a dispatcher that the test itself runs. It is born through its guardian, which runs elsewhere; when this returns,
    /// the actor wants its first turn.
    /// </summary>
    protected IActorRef StartOn(string dispatcher, Action<Scripted> script)
    {
        var actor = Sys.ActorOf(Script(script).WithDispatcher(dispatcher));
        Settle(((ExtendedActorSystem)Sys).Guardian);
        return actor;
    }

    protected IActorRef StartWithStash(Action<ScriptedWithStash> script) => Sys.ActorOf(Props.Create(() => new ScriptedWithStash(script)));

    protected IActorRef StartWithTimers(Action<ScriptedWithTimers> script) => Sys.ActorOf(Props.Create(() => new ScriptedWithTimers(script)));

    /// <summary>Children of one new parent, which stops the child that it is told.</summary>
    protected IReadOnlyList<IActorRef> StartUnder(SupervisorStrategy strategy, params Action<Scripted>[] scripts)
    {
        var born = CreateTestProbe();
        Start(parent =>
        {
            parent.Strategy = strategy;
            parent.On<IActorRef>(parent.Context.Stop);
            foreach (var script in scripts) born.Ref.Tell(parent.Spawn(script));
        });
        return scripts.Select(_ => born.ExpectMsg<IActorRef>()).ToList();
    }

    /// <summary>Lets the parent of a child from <see cref="StartUnder"/> stop it; returns once the order is given.</summary>
    protected void StopByParent(IActorRef child)
    {
        var probe = CreateTestProbe();
        var parent = Sys.ActorSelection(child.Path.Parent);
        parent.Tell(child, probe.Ref);
        parent.Tell(new Identify("stopped"), probe.Ref);
        probe.ExpectMsg<ActorIdentity>();
    }

    /// <summary>Returns once the actor has handled all that it was told before.</summary>
    protected void Settle(IActorRef actor)
    {
        var probe = CreateTestProbe();
        actor.Tell(new Identify("settle"), probe.Ref);
        probe.ExpectMsg<ActorIdentity>();
    }

    /// <summary>Returns once the actor has stopped; fails if it does not.</summary>
    protected void AwaitDeath(IActorRef actor)
    {
        var probe = CreateTestProbe();
        probe.Watch(actor);
        probe.ExpectTerminated(actor);
    }

    /// <summary>Listens to a kind of event.</summary>
    protected TestProbe Listen<T>()
    {
        var probe = CreateTestProbe();
        Sys.EventStream.Subscribe(probe.Ref, typeof(T));
        return probe;
    }

    /// <summary>Hears messages that nobody received.</summary>
    protected TestProbe ListenToDeadLetters() => Listen<DeadLetter>();

    /// <summary>Registers a dispatcher that the test itself runs. Its actors have turns of at most <paramref name="throughput"/> messages.</summary>
    protected ManualDispatcher UseManualDispatcher(string id = "manual", int throughput = 30)
    {
        var config = ConfigurationFactory.ParseString($"id = {id}\nthroughput = {throughput}");
        var configurator = new ManualDispatcher.Factory(config, Sys.Dispatchers.Prerequisites);
        Sys.Dispatchers.RegisterConfigurator(id, configurator);
        var dispatcher = (ManualDispatcher)configurator.Dispatcher();
        _manualDispatchers.Add(dispatcher);
        return dispatcher;
    }

    protected override void AfterAll()
    {
        foreach (var dispatcher in _manualDispatchers) dispatcher.LetGo();
        base.AfterAll();
    }
}
