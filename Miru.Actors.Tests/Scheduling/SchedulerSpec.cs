using Akka.Actor;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.Scheduling;

/// <summary>Messages and actions at a later time.</summary>
public class SchedulerSpec : VirtualTimeSpec
{
    private IScheduler Scheduler => Sys.Scheduler;

    [Fact]
    public void Tells_when_the_time_has_come_and_not_before()
    {
        Scheduler.ScheduleTellOnce(Second, TestActor, "now", ActorRefs.NoSender);
        Pass(0.9 * Second);
        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
        Pass(0.1 * Second);
        ExpectMsg("now");
    }

    [Fact]
    public void Tells_once()
    {
        Scheduler.ScheduleTellOnce(Second, TestActor, "once", ActorRefs.NoSender);
        Pass(Second);
        ExpectMsg("once");
        Pass(10 * Second);
        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public void Tells_in_the_name_of_the_given_sender()
    {
        var sender = CreateTestProbe();
        Scheduler.ScheduleTellOnce(Second, TestActor, "now", sender.Ref);
        Pass(Second);
        ExpectMsgFrom<string>(sender.Ref);
    }

    [Fact]
    public void Tells_in_the_order_of_time()
    {
        Scheduler.ScheduleTellOnce(3 * Second, TestActor, 3, ActorRefs.NoSender);
        Scheduler.ScheduleTellOnce(Second, TestActor, 1, ActorRefs.NoSender);
        Scheduler.ScheduleTellOnce(2 * Second, TestActor, 2, ActorRefs.NoSender);
        Pass(3 * Second);
        for (var i = 1; i <= 3; i++) ExpectMsg(i);
    }

    [Fact]
    public void Tells_repeatedly_after_an_initial_delay()
    {
        Scheduler.ScheduleTellRepeatedly(5 * Second, Second, TestActor, "again", ActorRefs.NoSender);
        Pass(4 * Second);
        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
        for (var i = 0; i < 3; i++)
        {
            Pass(Second);
            ExpectMsg("again");
        }
    }

    [Fact]
    public void Tells_nothing_after_a_cancellation()
    {
        var cancelable = Scheduler.ScheduleTellOnceCancelable(Second, TestActor, "never", ActorRefs.NoSender);
        cancelable.Cancel();
        Assert.True(cancelable.IsCancellationRequested);
        Pass(Second);
        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public void Stops_repeating_after_a_cancellation()
    {
        var cancelable = Scheduler.ScheduleTellRepeatedlyCancelable(Second, Second, TestActor, "again", ActorRefs.NoSender);
        Pass(Second);
        ExpectMsg("again");
        cancelable.Cancel();
        Pass(5 * Second);
        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public void Takes_a_cancelable_of_ones_own_for_several_messages()
    {
        var cancelable = new Cancelable(Scheduler);
        Scheduler.ScheduleTellOnce(Second, TestActor, 1, ActorRefs.NoSender, cancelable);
        Scheduler.ScheduleTellOnce(2 * Second, TestActor, 2, ActorRefs.NoSender, cancelable);
        Pass(Second);
        ExpectMsg(1);
        cancelable.Cancel();
        Pass(Second);
        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public void Runs_an_action_once()
    {
        var ran = 0;
        Scheduler.Advanced.ScheduleOnce(Second, () => ran++);
        Pass(Second);
        Pass(Second);
        Assert.Equal(1, ran);
    }

    [Fact]
    public void Runs_an_action_repeatedly_until_it_is_cancelled()
    {
        var ran = 0;
        var cancelable = Scheduler.Advanced.ScheduleRepeatedlyCancelable(Second, Second, () => ran++);
        for (var i = 0; i < 3; i++) Pass(Second);
        cancelable.Cancel();
        Pass(Second);
        Assert.Equal(3, ran);
    }

    [Fact]
    public void Knows_the_time()
    {
        var before = Scheduler.Now;
        Pass(Second);
        Assert.Equal(Second, Scheduler.Now - before);
    }
}
