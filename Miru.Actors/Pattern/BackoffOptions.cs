using Akka.Actor;

namespace Akka.Pattern;

/// <summary>How a <see cref="BackoffSupervisor"/> treats its child. Each method gives options of its own.</summary>
public abstract class BackoffOptions
{
    /// <summary>Called by the deriving class only.</summary>
    protected BackoffOptions() { }

    /// <summary>Forget the restarts when the child has lived this long.</summary>
    public abstract BackoffOptions WithAutoReset(TimeSpan resetBackoff);

    /// <summary>Forget the restarts when told <see cref="BackoffSupervisor.Reset"/>.</summary>
    public abstract BackoffOptions WithManualReset();

    /// <summary>Judge the child's failures by this strategy. Only its decider and its limit count.</summary>
    public abstract BackoffOptions WithSupervisorStrategy(OneForOneStrategy supervisorStrategy);

    /// <summary>Stop the child on every failure.</summary>
    public abstract BackoffOptions WithDefaultStoppingStrategy();

    /// <summary>Limit the restarts; negative for no limit.</summary>
    public abstract BackoffOptions WithMaxNrOfRetries(int maxNrOfRetries);

    /// <summary>Answer with this while the child is down.</summary>
    public abstract BackoffOptions WithReplyWhileStopped(object replyWhileStopped);

    /// <summary>After such a message the child's end is final, and the supervisor's.</summary>
    public abstract BackoffOptions WithFinalStopMessage(Func<object, bool> isFinalStopMessage);

    internal abstract Props Props { get; }
}
