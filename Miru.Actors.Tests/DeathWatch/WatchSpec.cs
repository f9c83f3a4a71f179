using Akka.Actor;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.DeathWatch;

/// <summary>Every watch is answered, once, in its place.</summary>
public class WatchSpec : ActorSpec
{
    [Fact]
    public void Tells_the_watcher_who_died()
    {
        var watched = Start(Echo);
        StartWatcher(watched);
        Sys.Stop(watched);
        var (terminated, sender) = ExpectMsg<(Terminated, IActorRef)>();
        Assert.Equal(watched, terminated.ActorRef);
        Assert.Equal(watched, sender);
        Assert.True(terminated.ExistenceConfirmed);
        Assert.False(terminated.AddressTerminated);
    }

    [Theory]
    [InlineData("stop")]
    [InlineData("poison")]
    [InlineData("kill")]
    [InlineData("fail")]
    public void Answers_whatever_the_death(string death)
    {
        var watched = StartUnder(SupervisorStrategy.StoppingStrategy, EchoOrFail)[0];
        StartWatcher(watched);
        switch (death)
        {
            case "stop": Sys.Stop(watched); break;
            case "poison": watched.Tell(PoisonPill.Instance); break;
            case "kill": watched.Tell(Kill.Instance); break;
            default: watched.Tell(new Boom()); break;
        }
        ExpectMsg<(Terminated, IActorRef)>();
    }

    [Fact]
    public void Tells_every_watcher_once()
    {
        var watched = Start(Echo);
        var probes = Enumerable.Range(0, 5).Select(_ => CreateTestProbe()).ToList();
        foreach (var probe in probes) probe.Watch(watched);
        Sys.Stop(watched);
        foreach (var probe in probes)
        {
            probe.ExpectTerminated(watched);
            probe.ExpectNoMsg(TimeSpan.Zero);
        }
    }

    [Fact]
    public void Answers_a_watcher_that_asked_twice_once()
    {
        var watched = Start(Echo);
        var watcher = StartWatcher(watched, watched);
        Sys.Stop(watched);
        ExpectMsg<(Terminated, IActorRef)>();
        Settle(watcher);
        ExpectNoMsg(Silence);
    }

    [Fact]
    public void Answers_at_once_when_the_actor_is_dead_already()
    {
        var watched = Start(Echo);
        Sys.Stop(watched);
        AwaitDeath(watched);
        StartWatcher(watched);
        Assert.Equal(watched, ExpectMsg<(Terminated, IActorRef)>().Item1.ActorRef);
    }

    [Fact]
    public void Answers_for_the_dead_although_another_lives_under_its_name()
    {
        var old = Start(Echo, "name");
        Sys.Stop(old);
        AwaitDeath(old);
        IActorRef successor = null;
        AwaitAssert(() => successor = Start(Echo, "name"));
        StartWatcher(old);
        Assert.Equal(old, ExpectMsg<(Terminated, IActorRef)>().Item1.ActorRef);
        successor.Tell("alive", TestActor);
        ExpectMsg("alive");
    }

    [Fact]
    public void Answers_a_second_watch_after_the_first_was_answered()
    {
        var watched = Start(Echo);
        var watcher = StartWatcher(watched);
        Sys.Stop(watched);
        ExpectMsg<(Terminated, IActorRef)>();
        watcher.Tell(watched);
        ExpectMsg<(Terminated, IActorRef)>();
    }

    [Fact]
    public void Comes_after_what_the_dying_actor_said_in_PostStop()
    {
        var watcher = CreateTestProbe();
        var watched = Start(a => a.Stopped = () => watcher.Ref.Tell("last words"));
        watcher.Watch(watched);
        Sys.Stop(watched);
        watcher.ExpectMsg("last words");
        watcher.ExpectTerminated(watched);
    }

    [Fact]
    public void Comes_behind_the_messages_that_wait_already()
    {
        var gate = new Gate();
        var watched = Start(Echo);
        var watcher = Start(a =>
        {
            a.Context.Watch(watched);
            a.On<Gate>(held => held.Pass());
            a.On<string>(TestActor.Tell);
            a.On<Terminated>(_ => TestActor.Tell("terminated"));
        });
        watcher.Tell(gate);
        gate.AwaitArrival();
        watcher.Tell("first");
        watcher.Tell("second");
        Sys.Stop(watched);
        AwaitDeath(watched);
        gate.Open();
        ExpectMsg("first");
        ExpectMsg("second");
        ExpectMsg("terminated");
    }

    [Fact]
    public void Finds_the_mailbox_of_the_dead_closed()
    {
        var deadLetters = ListenToDeadLetters();
        var watched = Start(Echo);
        Start(a =>
        {
            a.Context.Watch(watched);
            a.On<Terminated>(terminated => terminated.ActorRef.Tell("too late"));
        });
        Sys.Stop(watched);
        Assert.Equal("too late", deadLetters.ExpectMsg<Akka.Event.DeadLetter>().Message);
    }

    [Fact]
    public void Frees_the_name_of_a_child_before_its_parent_is_told()
    {
        var parent = Start(a =>
        {
            a.Context.Watch(a.Spawn(Echo, "child"));
            a.On<string>(name => a.Context.Stop(a.Context.Child(name)));
            a.On<Terminated>(_ => TestActor.Tell((a.Context.GetChildren().Count(), a.Spawn(Echo, "child").Path.Name)));
        });
        parent.Tell("child");
        ExpectMsg((0, "child"));
    }

    [Fact]
    public void Lets_two_actors_watch_each_other()
    {
        var left = Start(Mutual);
        var right = Start(Mutual);
        left.Tell(right);
        right.Tell(left);
        Settle(left);
        Settle(right);
        Sys.Stop(left);
        Assert.Equal(left, ExpectMsg<IActorRef>());

        void Mutual(Scripted a)
        {
            a.On<IActorRef>(other => a.Context.Watch(other));
            a.On<Terminated>(terminated => TestActor.Tell(terminated.ActorRef));
        }
    }

    [Fact]
    public void Returns_what_it_watches()
    {
        var watched = Start(Echo);
        Start(a => TestActor.Tell(a.Context.Watch(watched).Equals(watched) && a.Context.Unwatch(watched).Equals(watched)));
        ExpectMsg(true);
    }

    private IActorRef StartWatcher(params IActorRef[] watched)
    {
        var watcher = Start(a =>
        {
            foreach (var subject in watched) a.Context.Watch(subject);
            a.On<IActorRef>(subject => a.Context.Watch(subject));
            a.On<Terminated>(terminated => TestActor.Tell((terminated, a.Sender)));
        });
        Settle(watcher);
        return watcher;
    }
}
