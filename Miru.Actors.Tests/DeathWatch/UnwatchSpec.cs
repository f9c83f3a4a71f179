using Akka.Actor;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.DeathWatch;

/// <summary>Who does not want to know any more is not told, not even late.</summary>
public class UnwatchSpec : ActorSpec
{
    [Fact]
    public void Ends_the_watch()
    {
        var watched = Start(Echo);
        var watcher = Start(a =>
        {
            a.Context.Watch(watched);
            a.Context.Unwatch(watched);
            a.On<Terminated>(_ => TestActor.Tell("terminated"));
        });
        Settle(watcher);
        Sys.Stop(watched);
        AwaitDeath(watched);
        Settle(watcher);
        ExpectNoMsg(Silence);
    }

    [Fact]
    public void Removes_a_Terminated_that_waits_already()
    {
        var gate = new Gate();
        var watched = Start(Echo);
        var watcher = Start(a =>
        {
            a.Context.Watch(watched);
            a.On<Gate>(held => held.Pass());
            a.On<IActorRef>(subject =>
            {
                a.Context.Unwatch(subject);
                a.Sender.Tell("unwatched");
            });
            a.On<Terminated>(_ => TestActor.Tell("terminated"));
            a.On<string>(TestActor.Tell);
        });
        watcher.Tell(gate);
        gate.AwaitArrival();
        watcher.Tell(watched, TestActor);
        Sys.Stop(watched);
        AwaitDeath(watched);
        gate.Open();
        ExpectMsg("unwatched");
        watcher.Tell("behind");
        ExpectMsg("behind");
    }

    [Fact]
    public void Lets_the_actor_watch_anew()
    {
        var watched = Start(Echo);
        var watcher = Start(a =>
        {
            a.Context.Watch(watched);
            a.Context.Unwatch(watched);
            a.Context.Watch(watched);
            a.On<Terminated>(terminated => TestActor.Tell(terminated.ActorRef));
        });
        Settle(watcher);
        Sys.Stop(watched);
        Assert.Equal(watched, ExpectMsg<IActorRef>());
    }

    [Fact]
    public void Means_nothing_for_an_actor_that_is_not_watched()
    {
        var stranger = Start(Echo);
        var actor = Start(a =>
        {
            a.Context.Unwatch(stranger);
            Echo(a);
        });
        actor.Tell("alive", TestActor);
        ExpectMsg("alive");
    }

    [Fact]
    public void Concerns_only_the_one_who_says_it()
    {
        var watched = Start(Echo);
        var other = CreateTestProbe();
        other.Watch(watched);
        var watcher = Start(a =>
        {
            a.Context.Watch(watched);
            a.Context.Unwatch(watched);
        });
        Settle(watcher);
        Sys.Stop(watched);
        other.ExpectTerminated(watched);
    }
}
