using Akka.Actor;
using Akka.Event;

namespace Akka.Pattern;

/// <summary>Makes its child anew, after a growing delay, when it stops. See <see cref="Backoff"/> for both kinds.</summary>
public sealed class BackoffSupervisor : BackoffSupervisorBase
{
    private readonly SupervisorStrategy _strategy;

    /// <summary>With the default strategy, and forgetting after the first delay.</summary>
    public BackoffSupervisor(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor)
        : this(childProps, childName, minBackoff, maxBackoff, new AutoReset(minBackoff), randomFactor, Actor.SupervisorStrategy.DefaultStrategy) { }

    /// <summary>With everything.</summary>
    public BackoffSupervisor(
        Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, IBackoffReset reset, double randomFactor,
        SupervisorStrategy strategy, object replyWhileStopped = null, Func<object, bool> finalStopMessage = null)
        : base(childProps, childName, reset, minBackoff, maxBackoff, randomFactor, replyWhileStopped, finalStopMessage) => _strategy = strategy;

    /// <summary>From options.</summary>
    public static Props Props(BackoffOptions options) => options.Props;

    /// <summary>For a child that is made anew when it stops.</summary>
    public static Props Props(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor) =>
        Backoff.OnStop(childProps, childName, minBackoff, maxBackoff, randomFactor).Props;

    /// <summary>The same with a limit to the restarts; negative for none.</summary>
    public static Props Props(
        Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor, int maxNrOfRetries) =>
        Backoff.OnStop(childProps, childName, minBackoff, maxBackoff, randomFactor, maxNrOfRetries).Props;

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => _strategy;

    /// <inheritdoc/>
    protected override bool Receive(object message)
    {
        if (message is not Terminated terminated || !terminated.ActorRef.Equals(Child)) return HandleBackoff(message);
        Child = null;
        var most = _strategy is OneForOneStrategy { MaxNumberOfRetries: var retries } ? retries : -1;
        if (FinalStopMessageReceived)
        {
            Context.Stop(Self);
        }
        else if (most >= 0 && RestartCountN >= most)
        {
            Context.GetLogger().Debug("Terminating on restart #{0} which exceeds max allowed restarts ({1})", RestartCountN + 1, most);
            Context.Stop(Self);
        }
        else
        {
            StartChildLater();
        }
        return true;
    }

    /// <summary>Asks for <see cref="CurrentChild"/>.</summary>
    public sealed class GetCurrentChild
    {
        /// <summary>The only one.</summary>
        public static readonly GetCurrentChild Instance = new();

        private GetCurrentChild() { }
    }

    /// <summary>Says who the child is.</summary>
    public sealed class CurrentChild
    {
        /// <summary>Names the child.</summary>
        public CurrentChild(IActorRef @ref) => Ref = @ref;

        /// <summary>The child; null while it is down.</summary>
        public IActorRef Ref { get; }
    }

    /// <summary>Forgets the restarts, if the options say so.</summary>
    public new sealed class Reset
    {
        /// <summary>The only one.</summary>
        public static readonly Reset Instance = new();

        private Reset() { }
    }

    /// <summary>Asks for <see cref="RestartCount"/>.</summary>
    public sealed class GetRestartCount
    {
        /// <summary>The only one.</summary>
        public static readonly GetRestartCount Instance = new();

        private GetRestartCount() { }
    }

    /// <summary>Says how often the child was made anew.</summary>
    public sealed class RestartCount
    {
        /// <summary>Names the count.</summary>
        public RestartCount(int count) => Count = count;

        /// <summary>The count.</summary>
        public int Count { get; }
    }

    /// <summary>The delay is over.</summary>
    public sealed class StartChild : IDeadLetterSuppression
    {
        /// <summary>The only one.</summary>
        public static readonly StartChild Instance = new();

        private StartChild() { }
    }

    /// <summary>The child has lived long enough, if it was not made anew meanwhile.</summary>
    public sealed class ResetRestartCount : IDeadLetterSuppression
    {
        /// <summary>Names the count at the start of the child.</summary>
        public ResetRestartCount(int current) => Current = current;

        /// <summary>The count at the start of the child.</summary>
        public int Current { get; }
    }
}
