using Akka.TestKit;
using Akka.TestKit.Xunit2;

namespace Miru.Agent.Tests.Doubles;

/// <summary>A test of actors whose timers and whose clock stand still until the test moves both.</summary>
public abstract class VirtualTimeKit : TestKit
{
    /// <summary>How long, in real time, a step of the code under test may take on a busy computer.</summary>
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    protected VirtualTimeKit()
        : base("""akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit" """)
    {
    }

    internal VirtualTime Time { get; } = new();

    protected void Advance(TimeSpan by)
    {
        Time.Advance(by);
        ((TestScheduler)Sys.Scheduler).Advance(by);
    }
}
