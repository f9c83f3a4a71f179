using Akka.Actor;

namespace Akka.TestKit;

/// <summary>Handles messages of a test actor as they arrive, before the test sees them.</summary>
public abstract class AutoPilot
{
    /// <summary>Answer of <see cref="Run"/>: no pilot from now on.</summary>
    public static NoAutoPilot NoAutoPilot => NoAutoPilot.Instance;

    /// <summary>Answer of <see cref="Run"/>: the same pilot for the next message.</summary>
    public static KeepRunning KeepRunning => KeepRunning.Instance;

    /// <summary>Handles <paramref name="message"/> and answers who handles the next one.</summary>
    public abstract AutoPilot Run(IActorRef sender, object message);
}
