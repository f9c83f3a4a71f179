using Akka.Actor;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.Supervision;

/// <summary>A failing actor is replaced by a fresh instance behind the same reference.</summary>
public class RestartSpec : ActorSpec
{
    [Fact]
    public void Runs_PreRestart_PostStop_constructor_PostRestart_PreStart_in_this_order()
    {
        var actor = Start(a =>
        {
            TestActor.Tell("constructed");
            a.Starting = () => TestActor.Tell("PreStart");
            a.Stopped = () => TestActor.Tell("PostStop");
            a.Restarting = (_, _) => TestActor.Tell("PreRestart");
            a.Restarted = _ => TestActor.Tell("PostRestart");
            a.On<Exception>(Throw);
        });
        actor.Tell(new Boom());
        foreach (var step in new[] { "constructed", "PreStart", "PreRestart", "PostStop", "constructed", "PostRestart", "PreStart" }) ExpectMsg(step);
    }

    [Fact]
    public void Tells_the_old_instance_the_cause_and_the_message_and_the_new_one_the_cause()
    {
        var boom = new Boom();
        var actor = Start(a =>
        {
            a.On<string>(_ => throw boom);
            a.Restarting = (cause, message) => TestActor.Tell((cause, message));
            a.Restarted = cause => TestActor.Tell(cause);
        });
        actor.Tell("trigger");
        ExpectMsg<(Exception, object)>(failure => failure.Item1 == boom && failure.Item2 is "trigger");
        Assert.Same(boom, ExpectMsg<Boom>());
    }

    [Fact]
    public void Drops_the_failing_message_and_keeps_the_rest_in_order()
    {
        var gate = new Gate();
        var actor = Start(a =>
        {
            a.On<Exception>(cause =>
            {
                gate.Pass();
                throw cause;
            });
            a.On<int>(number => TestActor.Tell(number));
        });
        actor.Tell(new Boom());
        for (var i = 0; i < 5; i++) actor.Tell(i);
        gate.Open();
        for (var i = 0; i < 5; i++) ExpectMsg(i);
    }

    [Fact]
    public void Forgets_the_state_of_the_old_instance()
    {
        var actor = Start(a =>
        {
            var count = 0;
            a.On<Exception>(Throw);
            a.On<string>(_ => a.Sender.Tell(++count));
        });
        actor.Tell("count", TestActor);
        actor.Tell("count", TestActor);
        actor.Tell(new Boom());
        actor.Tell("count", TestActor);
        ExpectMsg(1);
        ExpectMsg(2);
        ExpectMsg(1);
    }

    [Fact]
    public void Keeps_the_reference()
    {
        var actor = Start(a =>
        {
            a.On<Exception>(Throw);
            a.On<string>(_ => a.Sender.Tell(a.Self));
        });
        actor.Tell(new Boom());
        actor.Tell("who", TestActor);
        var self = ExpectMsg<IActorRef>();
        Assert.Equal(actor, self);
        Assert.Equal(actor.Path.Uid, self.Path.Uid);
    }

    [Fact]
    public void Is_what_happens_to_a_top_level_actor_by_default()
    {
        var actor = Start(EchoOrFail);
        for (var i = 0; i < 20; i++) actor.Tell(new Boom());
        actor.Tell("alive", TestActor);
        ExpectMsg("alive");
    }

    [Fact]
    public void Stops_the_children_by_default()
    {
        var actor = Start(a =>
        {
            a.On<Exception>(Throw);
            var child = a.Spawn(c => c.Stopped = () => TestActor.Tell("child stopped"));
            a.On<string>(_ => a.Sender.Tell(child));
        });
        actor.Tell("child", TestActor);
        var first = ExpectMsg<IActorRef>();
        actor.Tell(new Boom());
        ExpectMsg("child stopped");
        actor.Tell("child", TestActor);
        Assert.NotEqual(first, ExpectMsg<IActorRef>());
    }

    [Fact]
    public void Waits_until_all_children_are_gone_before_it_constructs_anew()
    {
        var gate = new Gate();
        var actor = Start(a =>
        {
            TestActor.Tell("constructed");
            a.On<Exception>(Throw);
            a.Spawn(child => child.Stopped = () =>
            {
                gate.Pass();
                TestActor.Tell("child gone");
            });
        });
        ExpectMsg("constructed");
        actor.Tell(new Boom());
        gate.AwaitArrival();
        ExpectNoMsg(Silence);
        gate.Open();
        ExpectMsg("child gone");
        ExpectMsg("constructed");
    }

    [Fact]
    public void Gives_way_to_a_stop_while_it_waits_for_the_children()
    {
        var gate = new Gate();
        var actor = Start(a =>
        {
            TestActor.Tell("constructed");
            a.Stopped = () => TestActor.Tell("PostStop");
            a.On<Exception>(Throw);
            a.Spawn(child => child.Stopped = gate.Pass);
        });
        ExpectMsg("constructed");
        actor.Tell(new Boom());
        ExpectMsg("PostStop");
        gate.AwaitArrival();
        ((IInternalActorRef)actor).Stop();
        Watch(actor);
        gate.Open();
        ExpectMsg("PostStop");
        ExpectTerminated(actor);
    }

    [Fact]
    public void Lets_the_new_instance_use_the_names_of_the_old_children()
    {
        var actor = Start(a =>
        {
            a.On<Exception>(Throw);
            TestActor.Tell(a.Spawn(Echo, "child"));
        });
        var old = ExpectMsg<IActorRef>();
        actor.Tell(new Boom());
        var fresh = ExpectMsg<IActorRef>();
        Assert.Equal(old.Path, fresh.Path);
        Assert.NotEqual(old, fresh);
    }

    [Fact]
    public void Restarts_the_children_that_PreRestart_did_not_stop()
    {
        var spawned = false;
        var actor = Start(a =>
        {
            a.KeepsChildren = true;
            a.On<Exception>(Throw);
            if (spawned) return;
            spawned = true;
            a.Spawn(child =>
            {
                TestActor.Tell("child constructed");
                child.Restarting = (cause, _) => TestActor.Tell(cause);
            });
        });
        ExpectMsg("child constructed");
        actor.Tell(new Boom());
        ExpectMsg<Boom>();
        ExpectMsg("child constructed");
    }

    [Fact]
    public void Is_no_death_to_those_who_watch()
    {
        var actor = Start(EchoOrFail);
        Watch(actor);
        actor.Tell(new Boom());
        actor.Tell("after", TestActor);
        ExpectMsg("after");
        Sys.Stop(actor);
        ExpectTerminated(actor);
    }

    [Fact]
    public void Keeps_what_the_actor_watches()
    {
        var watched = Start(Echo);
        var watchers = 0;
        var watcher = Start(a =>
        {
            if (watchers++ == 0) a.Context.Watch(watched);
            a.On<Exception>(Throw);
            a.On<Terminated>(terminated => TestActor.Tell(terminated.ActorRef));
        });
        watcher.Tell(new Boom());
        Settle(watcher);
        Sys.Stop(watched);
        Assert.Equal(watched, ExpectMsg<IActorRef>());
    }

    [Fact]
    public void Can_happen_again_and_again()
    {
        var actor = Start(a =>
        {
            TestActor.Tell("constructed");
            a.On<Exception>(Throw);
        });
        for (var i = 0; i < 10; i++)
        {
            ExpectMsg("constructed");
            actor.Tell(new Boom());
        }
    }
}
