using Akka.Actor;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.Own;

/// <summary>
/// Where our TestScheduler keeps what Akka.NET's loses: there an action that runs at the very instant the test has reached cannot
/// schedule for that instant, because all of its entries are removed once they have fired.
/// </summary>
public class TestSchedulerBeyondAkkaSpec : VirtualTimeSpec
{
    [Fact]
    public void Keeps_what_is_scheduled_for_the_instant_that_fires_for_the_next_advance()
    {
        Time.Advanced.ScheduleOnce(Second, () => Time.ScheduleTellOnce(TimeSpan.Zero, TestActor, "inner", ActorRefs.NoSender));
        Pass(Second);
        Assert.Null(ReceiveOne(TimeSpan.Zero));
        Pass(TimeSpan.Zero);
        ExpectMsg("inner");
    }
}
