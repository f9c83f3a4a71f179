using Akka.Actor;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.Timing;

/// <summary>Timers belong to an incarnation of an actor and have keys.</summary>
public class TimerSpec : VirtualTimeSpec
{
    [Fact]
    public void Fires_once_when_it_is_single()
    {
        var actor = StartActor(a => a.Timers.StartSingleTimer("key", "tick", Second));
        Pass(Second / 2);
        Settle(actor);
        ExpectNoMsg(TimeSpan.Zero);
        Pass(Second / 2);
        ExpectMsg("tick");
        Pass(10 * Second);
        Settle(actor);
        ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void Fires_again_and_again_when_it_is_periodic()
    {
        StartActor(a => a.Timers.StartPeriodicTimer("key", "tick", Second));
        for (var i = 0; i < 5; i++)
        {
            Pass(Second);
            ExpectMsg("tick");
        }
    }

    [Fact]
    public void Waits_an_initial_delay_of_its_own()
    {
        var actor = StartActor(a => a.Timers.StartPeriodicTimer("key", "tick", 5 * Second, Second));
        Pass(4 * Second);
        Settle(actor);
        ExpectNoMsg(TimeSpan.Zero);
        Pass(Second);
        ExpectMsg("tick");
        Pass(Second);
        ExpectMsg("tick");
    }

    [Fact]
    public void Is_replaced_by_another_of_its_key()
    {
        var actor = StartActor(a =>
        {
            a.Timers.StartSingleTimer("key", "old", Second);
            a.Timers.StartSingleTimer("key", "new", 2 * Second);
        });
        Pass(Second);
        Settle(actor);
        ExpectNoMsg(TimeSpan.Zero);
        Pass(Second);
        ExpectMsg("new");
    }

    [Fact]
    public void Runs_beside_those_of_other_keys()
    {
        StartActor(a =>
        {
            a.Timers.StartSingleTimer("left", "left", Second);
            a.Timers.StartSingleTimer("right", "right", 2 * Second);
        });
        Pass(Second);
        ExpectMsg("left");
        Pass(Second);
        ExpectMsg("right");
    }

    [Fact]
    public void Never_fires_after_it_is_cancelled()
    {
        var actor = StartActor(a =>
        {
            a.Timers.StartSingleTimer("cancelled", "never", Second);
            a.Timers.StartSingleTimer("kept", "tick", Second);
            a.Timers.Cancel("cancelled");
            a.Timers.Cancel("unknown");
        });
        Pass(Second);
        ExpectMsg("tick");
        Settle(actor);
        ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void Is_cancelled_with_all_others()
    {
        var actor = StartActor(a =>
        {
            a.Timers.StartSingleTimer("one", "never", Second);
            a.Timers.StartPeriodicTimer("two", "never", Second);
            a.Timers.CancelAll();
            TestActor.Tell(a.Timers.ActiveTimers.Count);
        });
        ExpectMsg(0);
        Pass(Second);
        Settle(actor);
        ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void Is_active_until_it_has_fired_or_is_cancelled()
    {
        var actor = StartActor(a =>
        {
            a.Timers.StartSingleTimer("single", "tick", Second);
            a.Timers.StartPeriodicTimer("periodic", "ignored", 10 * Second);
            Report(a);
        });
        ExpectMsg((true, true, 2));
        Pass(Second);
        ExpectMsg("tick");
        actor.Tell((Action<ScriptedWithTimers>)Report);
        ExpectMsg((false, true, 1));

        void Report(ScriptedWithTimers a) =>
            TestActor.Tell((a.Timers.IsTimerActive("single"), a.Timers.IsTimerActive("periodic"), a.Timers.ActiveTimers.Count));
    }

    [Fact]
    public void Has_the_sender_it_is_given()
    {
        StartWithTimers(WithSender);
        ExpectMsg("ready");
        Pass(Second);
        Assert.Equal(TestActor, ExpectMsg<IActorRef>());

        void WithSender(ScriptedWithTimers a)
        {
            a.Starting = () =>
            {
                a.Timers.StartSingleTimer("key", 1, Second, TestActor);
                TestActor.Tell("ready");
            };
            a.On<int>(_ => TestActor.Tell(a.Sender));
        }
    }

    [Fact]
    public void Takes_a_tick_back_that_waits_in_the_mailbox_when_it_is_cancelled()
    {
        var actor = HoldWithTickWaiting(a => a.Timers.Cancel("key"));
        actor.Tell("behind");
        ExpectMsg("behind");
    }

    [Fact]
    public void Takes_a_tick_back_that_waits_in_the_mailbox_when_it_is_started_anew()
    {
        var actor = HoldWithTickWaiting(a => a.Timers.StartSingleTimer("key", "new", Second));
        actor.Tell("behind");
        ExpectMsg("behind");
        Pass(Second);
        ExpectMsg("new");
    }

    [Fact]
    public void Takes_a_tick_back_that_waits_in_the_mailbox_when_the_actor_is_restarted()
    {
        var actor = HoldWithTickWaiting(_ => throw new Boom());
        actor.Tell("behind");
        ExpectMsg("behind");
    }

    [Fact]
    public void Is_cancelled_at_a_restart()
    {
        var constructed = 0;
        var actor = StartWithTimers(a =>
        {
            if (constructed++ == 0) a.Starting = () => a.Timers.StartPeriodicTimer("key", "tick of the old", Second);
            EchoTo(a);
        });
        Settle(actor);
        actor.Tell(new Boom());
        Settle(actor);
        Pass(5 * Second);
        actor.Tell("behind");
        ExpectMsg("behind");
    }

    [Fact]
    public void Belongs_to_the_new_instance_when_that_uses_the_same_key()
    {
        var constructed = 0;
        var actor = StartWithTimers(a =>
        {
            var number = ++constructed;
            a.Starting = () => a.Timers.StartSingleTimer("key", "tick " + number, Second);
            EchoTo(a);
        });
        Settle(actor);
        actor.Tell(new Boom());
        Settle(actor);
        Pass(Second);
        ExpectMsg("tick 2");
    }

    [Fact]
    public void Is_cancelled_at_a_stop()
    {
        var deadLetters = ListenToDeadLetters();
        var actor = StartActor(a => a.Timers.StartPeriodicTimer("key", "tick", Second));
        Sys.Stop(actor);
        AwaitDeath(actor);
        Pass(Second);
        deadLetters.ExpectNoMsg(Silence);
    }

    // Timers are there from PreStart on; ticks and texts are passed to the test.
    private IActorRef StartActor(Action<ScriptedWithTimers> start)
    {
        var actor = StartWithTimers(a =>
        {
            a.Starting = () => start(a);
            a.On<Action<ScriptedWithTimers>>(action => action(a));
            EchoTo(a);
        });
        Settle(actor);
        return actor;
    }

    private void EchoTo(ScriptedWithTimers actor)
    {
        actor.On<Exception>(Throw);
        actor.On<string>(TestActor.Tell);
    }

    // The tick "old" is in the mailbox, behind the message in which the actor does `then`.
    private IActorRef HoldWithTickWaiting(Action<ScriptedWithTimers> then)
    {
        var gate = new Gate();
        var constructed = 0;
        var actor = StartWithTimers(a =>
        {
            if (constructed++ == 0) a.Starting = () => a.Timers.StartSingleTimer("key", "old", Second);
            a.On<Gate>(held =>
            {
                held.Pass();
                then(a);
            });
            EchoTo(a);
        });
        actor.Tell(gate);
        gate.AwaitArrival();
        Pass(Second);
        gate.Open();
        return actor;
    }
}
