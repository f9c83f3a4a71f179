using Akka.Actor;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.DeathWatch;

/// <summary>A message of one's own instead of Terminated.</summary>
public class WatchWithSpec : ActorSpec
{
    [Fact]
    public void Delivers_the_given_message_instead_of_Terminated()
    {
        var watched = Start(Echo);
        var watcher = Start(a =>
        {
            a.Context.WatchWith(watched, "it is dead");
            a.On<Terminated>(_ => TestActor.Tell("terminated"));
            a.OnAny(TestActor.Tell);
        });
        Settle(watcher);
        Sys.Stop(watched);
        ExpectMsg("it is dead");
    }

    [Fact]
    public void Delivers_the_given_message_for_the_dead_at_once()
    {
        var watched = Start(Echo);
        Sys.Stop(watched);
        AwaitDeath(watched);
        Start(a =>
        {
            a.Context.WatchWith(watched, "it was dead");
            a.On<Terminated>(_ => TestActor.Tell("terminated"));
            a.OnAny(TestActor.Tell);
        });
        ExpectMsg("it was dead");
    }

    [Fact]
    public void Is_no_death_pact()
    {
        var watched = Start(Echo);
        var watcher = Start(a =>
        {
            a.Context.WatchWith(watched, 1);
            a.On<string>(text => a.Sender.Tell(text));
        });
        Settle(watcher);
        Sys.Stop(watched);
        AwaitDeath(watched);
        watcher.Tell("alive", TestActor);
        ExpectMsg("alive");
    }

    [Fact]
    public void Keeps_the_message_of_the_first_watch()
    {
        var watched = Start(Echo);
        var watcher = Start(a =>
        {
            a.Context.WatchWith(watched, "one");
            a.Context.WatchWith(watched, "another");
            a.Context.Watch(watched);
            a.On<Terminated>(_ => TestActor.Tell("terminated"));
            a.OnAny(TestActor.Tell);
        });
        Settle(watcher);
        Sys.Stop(watched);
        ExpectMsg("one");
        ExpectNoMsg(Silence);
    }

    [Fact]
    public void Does_not_replace_the_Terminated_of_a_watch_before()
    {
        var watched = Start(Echo);
        var watcher = Start(a =>
        {
            a.Context.Watch(watched);
            a.Context.WatchWith(watched, "too late");
            a.On<Terminated>(_ => TestActor.Tell("terminated"));
            a.OnAny(TestActor.Tell);
        });
        Settle(watcher);
        Sys.Stop(watched);
        ExpectMsg("terminated");
    }

    [Fact]
    public void Is_ended_by_Unwatch()
    {
        var watched = Start(Echo);
        var watcher = Start(a =>
        {
            a.Context.WatchWith(watched, "never");
            a.Context.Unwatch(watched);
            a.On<Terminated>(_ => TestActor.Tell("terminated"));
            a.OnAny(TestActor.Tell);
        });
        Settle(watcher);
        Sys.Stop(watched);
        AwaitDeath(watched);
        Settle(watcher);
        ExpectNoMsg(Silence);
    }

    [Fact]
    public void Can_change_the_message_after_Unwatch()
    {
        var watched = Start(Echo);
        var watcher = Start(a =>
        {
            a.Context.WatchWith(watched, "one");
            a.Context.Unwatch(watched);
            a.Context.WatchWith(watched, "another");
            a.On<Terminated>(_ => TestActor.Tell("terminated"));
            a.OnAny(TestActor.Tell);
        });
        Settle(watcher);
        Sys.Stop(watched);
        ExpectMsg("another");
    }
}
