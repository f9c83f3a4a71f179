using Akka.Actor;
using Akka.TestKit;
using Xunit;

namespace Miru.Actors.Tests.TestKit;

/// <summary>Time that moves only when the test says so.</summary>
public class TestSchedulerSpec() : Akka.TestKit.Xunit2.TestKit("""akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit" """)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private TestScheduler Scheduler => (TestScheduler)Sys.Scheduler;

    [Fact]
    public void Fires_when_its_time_has_come_and_not_before()
    {
        Scheduler.ScheduleTellOnce(Second, TestActor, "now", ActorRefs.NoSender);
        Scheduler.Advance(Second - TimeSpan.FromTicks(1));
        Assert.Null(ReceiveOne(TimeSpan.Zero));
        Scheduler.Advance(TimeSpan.FromTicks(1));
        ExpectMsg("now");
    }

    [Fact]
    public void Fires_in_the_order_of_time()
    {
        Scheduler.ScheduleTellOnce(2 * Second, TestActor, "second", ActorRefs.NoSender);
        Scheduler.ScheduleTellOnce(Second, TestActor, "first", ActorRefs.NoSender);
        Scheduler.Advance(2 * Second);
        ExpectMsg("first");
        ExpectMsg("second");
    }

    [Fact]
    public void Repeats_once_per_advance()
    {
        Scheduler.ScheduleTellRepeatedly(Second, Second, TestActor, "tick", ActorRefs.NoSender);
        Scheduler.Advance(3 * Second);
        ExpectMsg("tick");
        Assert.Null(ReceiveOne(TimeSpan.Zero));
        Scheduler.Advance(Second);
        ExpectMsg("tick");
    }

    [Fact]
    public void Leaves_what_is_scheduled_while_it_fires_for_the_next_advance()
    {
        Scheduler.Advanced.ScheduleOnce(Second, () => Scheduler.ScheduleTellOnce(TimeSpan.Zero, TestActor, "inner", ActorRefs.NoSender));
        Scheduler.Advance(2 * Second);
        Assert.Null(ReceiveOne(TimeSpan.Zero));
        Scheduler.Advance(TimeSpan.Zero);
        ExpectMsg("inner");
    }

    [Fact]
    public void Does_not_fire_what_was_cancelled()
    {
        var cancelable = new Cancelable(Sys.Scheduler);
        Scheduler.ScheduleTellOnce(Second, TestActor, "never", ActorRefs.NoSender, cancelable);
        cancelable.Cancel();
        Scheduler.Advance(Second);
        Assert.Null(ReceiveOne(TimeSpan.Zero));
    }

    [Fact]
    public void Moves_to_a_time_but_never_back()
    {
        var start = Scheduler.Now;
        Scheduler.AdvanceTo(start + Second);
        Assert.Equal(start + Second, Scheduler.Now);
        Assert.Throws<InvalidOperationException>(() => Scheduler.AdvanceTo(start));
    }

    [Fact]
    public void Drives_the_timers_of_actors()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Sleeper(TestActor)));
        ExpectMsg("ready");
        Scheduler.Advance(Second);
        ExpectMsg("awake");
    }

    private sealed class Sleeper : ReceiveActor, IWithTimers
    {
        public Sleeper(IActorRef observer)
        {
            ReceiveAny(message => observer.Tell(message));
            Self.Tell("ready");
        }

        public ITimerScheduler Timers { get; set; }

        protected override void PreStart() => Timers.StartSingleTimer("wake", "awake", TimeSpan.FromSeconds(1));
    }
}
