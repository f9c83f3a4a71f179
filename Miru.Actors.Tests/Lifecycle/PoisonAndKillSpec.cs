using Akka.Actor;
using Akka.Event;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.Lifecycle;

/// <summary>Stop is a system message and overtakes; PoisonPill and Kill wait their turn.</summary>
public class PoisonAndKillSpec : ActorSpec
{
    [Fact]
    public void A_pill_lets_all_earlier_messages_be_handled()
    {
        var actor = Start(a =>
        {
            a.On<int>(number => TestActor.Tell(number));
            a.Stopped = () => TestActor.Tell("stopped");
        });
        for (var i = 0; i < 5; i++) actor.Tell(i);
        actor.Tell(PoisonPill.Instance);
        for (var i = 0; i < 5; i++) ExpectMsg(i);
        ExpectMsg("stopped");
    }

    [Fact]
    public void A_pill_turns_later_messages_into_dead_letters()
    {
        var dispatcher = UseManualDispatcher();
        var deadLetters = ListenToDeadLetters();
        var actor = StartOn("manual", Echo);
        actor.Tell("before", TestActor);
        actor.Tell(PoisonPill.Instance);
        actor.Tell("behind", TestActor);
        dispatcher.RunAll();
        ExpectMsg("before");
        Assert.Equal("behind", deadLetters.ExpectMsg<DeadLetter>().Message);
    }

    [Fact]
    public void A_pill_never_reaches_the_handlers()
    {
        var actor = Start(a =>
        {
            a.OnAny(TestActor.Tell);
            a.Stopped = () => TestActor.Tell("stopped");
        });
        actor.Tell(PoisonPill.Instance);
        ExpectMsg("stopped");
    }

    [Fact]
    public void Stop_overtakes_messages_that_wait_and_a_pill_does_not()
    {
        var dispatcher = UseManualDispatcher();
        var stopped = StartOn("manual", Ending(a => a.Context.Stop(a.Self)));
        var poisoned = StartOn("manual", Ending(a => a.Self.Tell(PoisonPill.Instance)));
        foreach (var actor in new[] { stopped, poisoned })
        {
            actor.Tell("end", TestActor);
            actor.Tell(actor == stopped ? "to the stopped" : "to the poisoned", TestActor);
        }
        dispatcher.RunAll();
        ExpectMsg("to the poisoned");
        ExpectNoMsg(TimeSpan.Zero);

        static Action<Scripted> Ending(Action<Scripted> end) => a =>
        {
            a.On<string>(_ => end(a), text => text == "end");
            Echo(a);
        };
    }

    [Fact]
    public void Kill_waits_its_turn_and_stops_by_default()
    {
        var actor = Start(a =>
        {
            Echo(a);
            a.Stopped = () => TestActor.Tell("stopped");
        });
        actor.Tell("before", TestActor);
        actor.Tell(Kill.Instance);
        ExpectMsg("before");
        ExpectMsg("stopped");
    }

    [Fact]
    public void Kill_is_a_failure_that_the_supervisor_judges()
    {
        var strategy = new OneForOneStrategy(cause =>
        {
            TestActor.Tell(cause);
            return Directive.Restart;
        });
        var child = StartUnder(strategy, Echo)[0];
        child.Tell(Kill.Instance);
        ExpectMsg<ActorKilledException>();
        child.Tell("alive", TestActor);
        ExpectMsg("alive");
    }
}
