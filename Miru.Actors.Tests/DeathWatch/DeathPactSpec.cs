using Akka.Actor;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.DeathWatch;

/// <summary>Who watches and does not handle the death dies as well.</summary>
public class DeathPactSpec : ActorSpec
{
    [Fact]
    public void Stops_a_watcher_that_does_not_handle_Terminated()
    {
        var watched = Start(Echo);
        var watcher = Start(a =>
        {
            a.Context.Watch(watched);
            a.On<string>(_ => { });
        });
        Settle(watcher);
        Watch(watcher);
        Sys.Stop(watched);
        ExpectTerminated(watcher);
    }

    [Fact]
    public void Is_a_failure_that_names_the_dead_and_that_the_supervisor_judges()
    {
        var watched = Start(Echo);
        var strategy = new OneForOneStrategy(cause =>
        {
            TestActor.Tell(cause);
            return Directive.Resume;
        });
        var watcher = StartUnder(strategy, a =>
        {
            a.Context.Watch(watched);
            a.On<string>(text => a.Sender.Tell(text));
        })[0];
        Settle(watcher);
        Sys.Stop(watched);
        Assert.Equal(watched, ExpectMsg<DeathPactException>().DeadActor);
        watcher.Tell("alive", TestActor);
        ExpectMsg("alive");
    }

    [Fact]
    public void Is_avoided_by_an_override_of_Unhandled()
    {
        var watched = Start(Echo);
        var watcher = Start(a =>
        {
            a.Context.Watch(watched);
            a.Refusing = _ => TestActor.Tell("refused");
            a.On<string>(text => a.Sender.Tell(text));
        });
        Settle(watcher);
        Sys.Stop(watched);
        ExpectMsg("refused");
        watcher.Tell("alive", TestActor);
        ExpectMsg("alive");
    }

    [Fact]
    public void Spreads_along_a_chain_of_watchers()
    {
        var first = Start(Echo);
        var last = first;
        for (var i = 0; i < 5; i++)
        {
            var before = last;
            last = Start(a => a.Context.Watch(before));
            Settle(last);
        }
        Watch(last);
        Sys.Stop(first);
        ExpectTerminated(last);
    }

    [Fact]
    public void Needs_a_watch_a_forged_Terminated_is_dropped()
    {
        var stranger = Start(Echo);
        var actor = Start(a =>
        {
            a.On<Terminated>(_ => TestActor.Tell("terminated"));
            a.On<string>(TestActor.Tell);
        });
        actor.Tell(new Terminated(stranger, true, false));
        actor.Tell("alive");
        ExpectMsg("alive");
    }
}
