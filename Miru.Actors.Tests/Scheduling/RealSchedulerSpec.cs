using Akka.Actor;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.Scheduling;

/// <summary>The scheduler of a system that is not under test, in real time.</summary>
public class RealSchedulerSpec : ActorSpec
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(20);

    [Fact]
    public void Tells_once_and_not_too_early()
    {
        var start = Sys.Scheduler.MonotonicClock;
        Sys.Scheduler.ScheduleTellOnce(TimeSpan.FromMilliseconds(100), TestActor, "now", ActorRefs.NoSender);
        ExpectMsg("now");
        // One tick of the default granularity less is still in time.
        Assert.True(Sys.Scheduler.MonotonicClock - start >= TimeSpan.FromMilliseconds(90));
    }

    [Fact]
    public void Tells_at_once_without_a_delay()
    {
        Sys.Scheduler.ScheduleTellOnce(TimeSpan.Zero, TestActor, "now", ActorRefs.NoSender);
        ExpectMsg("now");
    }

    [Fact]
    public void Tells_repeatedly_until_it_is_cancelled()
    {
        var cancelable = Sys.Scheduler.ScheduleTellRepeatedlyCancelable(Short, Short, TestActor, "again", ActorRefs.NoSender);
        for (var i = 0; i < 5; i++) ExpectMsg("again");
        cancelable.Cancel();
        // One may be on its way already.
        ReceiveWhile<string>(text => text == "again", Silence, Silence);
        ExpectNoMsg(Silence);
    }

    [Fact]
    public void Keeps_the_order_of_due_times()
    {
        for (var i = 5; i >= 1; i--) Sys.Scheduler.ScheduleTellOnce(i * 3 * Short, TestActor, i, ActorRefs.NoSender);
        for (var i = 1; i <= 5; i++) ExpectMsg(i);
    }

    [Fact]
    public void Fires_an_earlier_message_that_was_scheduled_later_first()
    {
        Sys.Scheduler.ScheduleTellOnce(TimeSpan.FromHours(1), TestActor, "much later", ActorRefs.NoSender);
        Sys.Scheduler.ScheduleTellOnce(Short, TestActor, "soon", ActorRefs.NoSender);
        ExpectMsg("soon");
    }

    [Fact]
    public void Refuses_a_negative_delay_and_an_interval_of_nothing()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Sys.Scheduler.ScheduleTellOnce(-Short, TestActor, 1, ActorRefs.NoSender));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sys.Scheduler.ScheduleTellRepeatedly(Short, TimeSpan.Zero, TestActor, 1, ActorRefs.NoSender));
    }

    [Fact]
    public void Survives_an_action_that_fails()
    {
        Sys.Scheduler.Advanced.ScheduleOnce(Short, () => throw new Boom());
        Sys.Scheduler.ScheduleTellOnce(2 * Short, TestActor, "alive", ActorRefs.NoSender);
        ExpectMsg("alive");
    }
}
