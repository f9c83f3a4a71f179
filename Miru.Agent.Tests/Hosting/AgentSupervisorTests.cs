using System.Collections.Concurrent;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Miru.Agent.Configs;
using Miru.Agent.Connections;
using Miru.Agent.Hosting;
using Miru.Agent.Tests.Connections;
using Xunit;

namespace Miru.Agent.Tests.Hosting;

public sealed class AgentSupervisorTests : TestKit
{
    private readonly AgentOutcome _outcome = new();
    private readonly Snapshots _store = new();
    private readonly StringWriter _output = new();
    private readonly ConcurrentQueue<string> _told = new();
    private readonly ConcurrentQueue<string> _order = new();

    [Fact]
    public void Listens_when_the_store_is_open_and_asks_the_cloud_only_then()
    {
        var agent = Start();
        AssertRunning(agent, "status", "notifier", "deployer", "store");

        agent.Tell(new StoreOpened(_store.Publish("a")));
        AssertRunning(agent, "listener");
        Assert.Equal("", _output.ToString());

        agent.Tell(new Listening("/run/miru/miru.sock"));
        AssertRunning(agent, "cloud");
        Assert.Equal("ready: serving 1 config on /run/miru/miru.sock\n", _output.ToString());
        AssertRunning(agent, "watchdog");
        AwaitAssert(() => Assert.Equal(["READY=1\nSTATUS=serving 1 config on /run/miru/miru.sock", "WATCHDOG=1"], _told));
    }

    [Fact]
    public void A_hop_that_fails_restarts_alone()
    {
        var agent = Start();
        var store = Child(agent, "store");
        var notifier = Child(agent, "notifier");
        Watch(store);
        Watch(notifier);

        store.Tell(new InvalidOperationException("provoked"));

        store.Tell("still there?");
        ExpectMsg("yes");
        notifier.Tell("still there?");
        ExpectMsg("yes");
    }

    [Fact]
    public void A_hop_that_fails_too_often_ends_the_agent()
    {
        var agent = Start();
        var store = Child(agent, "store");
        for (var failure = 0; failure <= 5; failure++)
        {
            store.Tell(new InvalidOperationException("provoked"));
        }

        var failed = AwaitFailure();
        Assert.Equal(ExitCodes.Failed, failed.ExitCode);
        Assert.Contains("store", failed.Message);
        Assert.Contains("provoked", failed.Message);
    }

    [Fact]
    public void A_socket_that_cannot_be_claimed_ends_the_agent_with_its_own_reason()
    {
        var agent = Start(listener: Props.Create(() => new Unstartable(new SocketClaimException("taken by somebody"))));
        agent.Tell(new StoreOpened(_store.Current));

        var failed = AwaitFailure();
        Assert.Equal((ExitCodes.SocketRefused, "taken by somebody"), (failed.ExitCode, failed.Message));
    }

    [Fact]
    public void A_hop_is_stopped_on_command_and_one_that_never_ran_is_stopped_already()
    {
        var agent = Start();

        agent.Tell(new StopHop("store"));
        Assert.Equal("store", ExpectMsg<HopStopped>().Name);
        agent.Tell(new StopHop("cloud"));
        Assert.Equal("cloud", ExpectMsg<HopStopped>().Name);
        agent.Tell(StopAccepting.Instance);
        ExpectMsg<AcceptingStopped>();
        agent.Tell(SayGoodbye.Instance);
        ExpectMsg<ConnectionsClosed>();
        Assert.Null(_outcome.Failure);
    }

    [Fact]
    public async Task An_operators_signal_is_expected_before_the_store_can_announce_the_process_and_until_the_agent_ends()
    {
        var agent = Start();
        Assert.Equal(["expects signals", "store"], _order);

        await agent.GracefulStop(TimeSpan.FromSeconds(30));
        Assert.Equal(["expects signals", "store", "expects no signals"], _order);
    }

    private IActorRef Start(Props? listener = null)
    {
        var idle = Props.Create(() => new IdleHop());
        Func<IActorRef, IActorRef, IActorRef, Props> store = (_, _, _) =>
        {
            _order.Enqueue("store");
            return idle;
        };
        var hops = new AgentHops(() => idle, () => idle, () => idle, store, (_, _) => listener ?? idle, (_, _) => idle);
        Func<Action, IDisposable> onSignal = _ =>
        {
            _order.Enqueue("expects signals");
            return new Cancelation(() => _order.Enqueue("expects no signals"));
        };
        var output = _output;
        var outcome = _outcome;
        var manager = new NotifySocket(_told.Enqueue, TimeSpan.FromSeconds(30));
        var agent = Sys.ActorOf(Props.Create(() => new AgentSupervisor(hops, output, outcome, manager, onSignal)), "agent");
        Child(agent, "store");
        return agent;
    }

    private AgentFailure AwaitFailure()
    {
        AwaitCondition(() => CoordinatedShutdown.Get(Sys).ShutdownReason is not null);
        return _outcome.Failure!;
    }

    private void AssertRunning(IActorRef agent, params string[] names)
    {
        foreach (var name in names)
        {
            Child(agent, name);
        }
    }

    private IActorRef Child(IActorRef agent, string name)
    {
        // Children are there once their parent has started, which nobody waits for.
        IActorRef? found = null;
        AwaitAssert(() => found = Sys.ActorSelection(agent.Path / name).ResolveOne(TimeSpan.FromSeconds(3)).GetAwaiter().GetResult());
        return found!;
    }

    private sealed class Cancelation(Action cancel) : IDisposable
    {
        public void Dispose() => cancel();
    }

    private sealed class IdleHop : ReceiveActor
    {
        public IdleHop()
        {
            Receive<Exception>(failure => throw failure);
            Receive<string>(_ => Sender.Tell("yes"));
        }
    }

    private sealed class Unstartable(Exception reason) : UntypedActor
    {
        protected override void PreStart() => throw reason;

        protected override void OnReceive(object message)
        {
        }
    }
}
