using Akka.Actor;

namespace Akka.TestKit;

/// <summary>The answer of a pilot that wants the next message as well; no pilot itself.</summary>
public sealed class KeepRunning : AutoPilot
{
    /// <summary>The only instance.</summary>
    public static KeepRunning Instance = new();

    private KeepRunning()
    {
    }

    /// <inheritdoc />
    /// <exception cref="InvalidOperationException">Always: it only ever stands for another pilot.</exception>
    public override AutoPilot Run(IActorRef sender, object message) => throw new InvalidOperationException("Must not call");
}
