using Akka.Actor;
using Akka.Event;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.Lifecycle;

/// <summary>How an actor ends when it is stopped.</summary>
public class StopSpec : ActorSpec
{
    [Fact]
    public void Runs_PostStop_once()
    {
        var actor = Start(a => a.Stopped = () => TestActor.Tell("stopped"));
        Watch(actor);
        Sys.Stop(actor);
        ExpectMsg("stopped");
        ExpectTerminated(actor);
    }

    [Fact]
    public void Runs_PostStop_once_however_often_it_is_stopped()
    {
        var actor = Start(a => a.Stopped = () => TestActor.Tell("stopped"));
        Watch(actor);
        for (var i = 0; i < 3; i++) Sys.Stop(actor);
        ExpectMsg("stopped");
        ExpectTerminated(actor);
        Sys.Stop(actor);
        ExpectNoMsg(Silence);
    }

    [Fact]
    public void Finishes_the_message_at_hand_and_handles_none_that_waits()
    {
        var gate = new Gate();
        var deadLetters = ListenToDeadLetters();
        var actor = StartUnder(null, a =>
        {
            a.On<string>(text =>
            {
                gate.Pass();
                TestActor.Tell(text);
            });
            a.Stopped = () => TestActor.Tell("stopped");
        })[0];
        actor.Tell("at hand");
        actor.Tell("waiting");
        gate.AwaitArrival();
        StopByParent(actor);
        gate.Open();
        ExpectMsg("at hand");
        ExpectMsg("stopped");
        Assert.Equal("waiting", deadLetters.ExpectMsg<DeadLetter>().Message);
    }

    [Fact]
    public void Stops_itself_after_the_message_in_which_it_said_so()
    {
        var actor = Start(a =>
        {
            a.On<string>(text =>
            {
                a.Context.Stop(a.Self);
                TestActor.Tell(text);
            });
            a.Stopped = () => TestActor.Tell("stopped");
        });
        actor.Tell("last");
        actor.Tell("never");
        ExpectMsg("last");
        ExpectMsg("stopped");
        ExpectNoMsg(Silence);
    }

    [Fact]
    public void Handles_nothing_when_it_stops_itself_in_PreStart()
    {
        var deadLetters = ListenToDeadLetters();
        var actor = Start(a =>
        {
            a.Starting = () => a.Context.Stop(a.Self);
            a.Stopped = () => TestActor.Tell("stopped");
            a.On<string>(TestActor.Tell);
        });
        actor.Tell("never");
        ExpectMsg("stopped");
        Assert.Equal("never", deadLetters.ExpectMsg<DeadLetter>().Message);
    }

    [Fact]
    public void Stops_the_children_before_itself_and_the_grandchildren_before_them()
    {
        var actor = Start(a =>
        {
            a.Stopped = () => TestActor.Tell("parent");
            a.Spawn(child =>
            {
                child.Stopped = () => TestActor.Tell("child");
                child.Spawn(grandchild => grandchild.Stopped = () => TestActor.Tell("grandchild"));
            });
        });
        Sys.Stop(actor);
        ExpectMsg("grandchild");
        ExpectMsg("child");
        ExpectMsg("parent");
    }

    [Fact]
    public void Waits_for_a_slow_child_before_its_own_PostStop()
    {
        var gate = new Gate();
        var actor = Start(a =>
        {
            a.Stopped = () => TestActor.Tell("parent");
            a.Spawn(child => child.Stopped = () =>
            {
                gate.Pass();
                TestActor.Tell("child");
            });
        });
        Sys.Stop(actor);
        gate.AwaitArrival();
        ExpectNoMsg(Silence);
        gate.Open();
        ExpectMsg("child");
        ExpectMsg("parent");
    }

    [Fact]
    public void Handles_no_message_while_it_waits_for_its_children()
    {
        var gate = new Gate();
        var actor = Start(a =>
        {
            a.On<string>(TestActor.Tell);
            a.Stopped = () => TestActor.Tell("parent");
            a.Spawn(child => child.Stopped = gate.Pass);
        });
        Sys.Stop(actor);
        gate.AwaitArrival();
        actor.Tell("too late");
        ExpectNoMsg(Silence);
        gate.Open();
        ExpectMsg("parent");
        ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void Is_stopped_by_its_parent()
    {
        var parent = Start(a =>
        {
            a.Spawn(child => child.Stopped = () => TestActor.Tell("stopped"), "child");
            a.On<string>(name => a.Context.Stop(a.Context.Child(name)));
        });
        parent.Tell("child");
        ExpectMsg("stopped");
        Settle(parent);
    }

    [Fact]
    public void Goes_on_stopping_when_PostStop_fails()
    {
        var actor = Start(a => a.Stopped = () => throw new Boom());
        Watch(actor);
        Sys.Stop(actor);
        ExpectTerminated(actor);
    }

    [Fact]
    public void Stops_the_parent_although_the_PostStop_of_a_child_fails()
    {
        var actor = Start(a =>
        {
            a.Stopped = () => TestActor.Tell("parent");
            a.Spawn(child => child.Stopped = () => throw new Boom());
        });
        Sys.Stop(actor);
        ExpectMsg("parent");
    }

    [Fact]
    public void Leaves_its_siblings_alone()
    {
        var children = StartUnder(null, Echo, Echo);
        Watch(children[0]);
        Sys.Stop(children[0]);
        ExpectTerminated(children[0]);
        children[1].Tell("alive", TestActor);
        ExpectMsg("alive");
    }
}
