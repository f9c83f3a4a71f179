using Akka.TestKit;

namespace Miru.Actors.Tests.Doubles;

/// <summary>A specification in which time passes only when the test says so.</summary>
public abstract class VirtualTimeSpec(string config = "") : ActorSpec("""akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit" """ + "\n" + config)
{
    protected static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    protected TestScheduler Time => (TestScheduler)Sys.Scheduler;

    protected void Pass(TimeSpan time) => Time.Advance(time);
}
