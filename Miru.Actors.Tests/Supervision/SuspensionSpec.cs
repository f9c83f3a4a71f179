using Akka.Actor;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.Supervision;

/// <summary>A failed actor and its children handle no messages until the failure is judged. Suspensions are counted: each must be lifted.</summary>
public class SuspensionSpec : ActorSpec
{
    [Fact]
    public void A_failed_actor_handles_nothing_until_it_is_judged()
    {
        var gate = new Gate();
        var child = StartUnder(Judge(gate, Directive.Resume), EchoOrFail)[0];
        child.Tell(new Boom());
        gate.AwaitArrival();
        child.Tell("waiting", TestActor);
        ExpectNoMsg(Silence);
        gate.Open();
        ExpectMsg("waiting");
    }

    [Fact]
    public void The_children_of_a_failed_actor_handle_nothing_either()
    {
        var gate = new Gate();
        var born = CreateTestProbe();
        var child = StartUnder(Judge(gate, Directive.Resume), a =>
        {
            born.Ref.Tell(a.Spawn(Echo));
            EchoOrFail(a);
        })[0];
        var grandchild = born.ExpectMsg<IActorRef>();
        child.Tell(new Boom());
        gate.AwaitArrival();
        grandchild.Tell("waiting", TestActor);
        ExpectNoMsg(Silence);
        gate.Open();
        ExpectMsg("waiting");
    }

    [Fact]
    public void A_child_that_failed_together_with_its_parent_runs_again()
    {
        var (childFails, parentFails) = (new Gate(), new Gate());
        var born = CreateTestProbe();
        var parent = StartUnder(new OneForOneStrategy(_ => Directive.Resume), a =>
        {
            a.Strategy = new OneForOneStrategy(_ => Directive.Resume);
            a.On<Exception>(cause =>
            {
                parentFails.Pass();
                throw cause;
            });
            born.Ref.Tell(a.Spawn(FailBehind(childFails)));
        })[0];
        var child = born.ExpectMsg<IActorRef>();
        parent.Tell(new Boom());
        child.Tell(new Boom());
        parentFails.AwaitArrival();
        childFails.AwaitArrival();
        childFails.Open();
        parentFails.Open();
        child.Tell("alive", TestActor);
        ExpectMsg("alive");
        Settle(parent);
    }

    [Fact]
    public void A_child_kept_over_the_restart_of_its_suspended_parent_runs_again()
    {
        var born = CreateTestProbe();
        IActorRef child = null;
        var parent = StartUnder(new OneForOneStrategy(_ => Directive.Restart), a =>
        {
            a.KeepsChildren = true;
            a.On<Exception>(Throw);
            if (child is null) born.Ref.Tell(child = a.Spawn(Echo));
        })[0];
        born.ExpectMsg<IActorRef>();
        for (var i = 0; i < 5; i++) parent.Tell(new Boom());
        Settle(parent);
        child.Tell("alive", TestActor);
        ExpectMsg("alive");
    }

    [Fact]
    public void A_stop_reaches_an_actor_that_is_suspended()
    {
        var gate = new Gate();
        var born = CreateTestProbe();
        var child = StartUnder(Judge(gate, Directive.Stop), a =>
        {
            born.Ref.Tell(a.Spawn(grandchild => grandchild.Stopped = () => TestActor.Tell("stopped")));
            a.On<Exception>(Throw);
        })[0];
        var grandchild = born.ExpectMsg<IActorRef>();
        child.Tell(new Boom());
        gate.AwaitArrival();
        Sys.Stop(grandchild);
        ExpectMsg("stopped");
        gate.Open();
    }

    [Fact]
    public void A_failure_that_races_with_a_stop_ends_in_the_stop()
    {
        var gate = new Gate();
        var child = StartUnder(new OneForOneStrategy(_ => Directive.Restart), a =>
        {
            TestActor.Tell("constructed");
            a.Stopped = () => TestActor.Tell("stopped");
            a.On<Exception>(cause =>
            {
                gate.Pass();
                throw cause;
            });
        })[0];
        ExpectMsg("constructed");
        Watch(child);
        child.Tell(new Boom());
        gate.AwaitArrival();
        StopByParent(child);
        gate.Open();
        ExpectMsg("stopped");
        ExpectTerminated(child);
        ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void A_failure_of_a_stopped_child_does_not_touch_its_successor_of_the_same_name()
    {
        var parentHeld = new Gate();
        var parent = Start(a =>
        {
            a.Strategy = new OneForOneStrategy(_ => Directive.Restart);
            a.On<string>(_ =>
            {
                var old = a.Context.Watch(a.Spawn(EchoOrFail, "child"));
                old.Tell(new Boom());
                a.Context.Stop(old);
                parentHeld.Pass();
            });
            a.On<Terminated>(_ => a.Spawn(child =>
            {
                TestActor.Tell(child.Self);
                child.Restarting = (_, _) => TestActor.Tell("restarted");
                Echo(child);
            }, "child"));
        });
        parent.Tell("go");
        parentHeld.AwaitArrival();
        parentHeld.Open();
        var successor = ExpectMsg<IActorRef>();
        Settle(parent);
        successor.Tell("untouched", TestActor);
        ExpectMsg("untouched");
    }

    private static OneForOneStrategy Judge(Gate gate, Directive verdict) => new(_ =>
    {
        gate.Pass();
        return verdict;
    });

    private static Action<Scripted> FailBehind(Gate gate) => a =>
    {
        a.On<Exception>(cause =>
        {
            gate.Pass();
            throw cause;
        });
        Echo(a);
    };
}
