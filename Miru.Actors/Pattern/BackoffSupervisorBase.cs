using Akka.Actor;

namespace Akka.Pattern;

/// <summary>
/// What backoff supervisors share: one child, a count of its restarts, and everything they are told passed on to it. What the child tells
/// its parent goes on to the supervisor's own parent.
/// </summary>
public abstract class BackoffSupervisorBase : ActorBase
{
    private readonly TimeSpan _minBackoff;
    private readonly TimeSpan _maxBackoff;
    private readonly double _randomFactor;

    internal BackoffSupervisorBase(
        Props childProps, string childName, IBackoffReset reset, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor,
        object replyWhileStopped, Func<object, bool> finalStopMessage)
    {
        ChildProps = childProps;
        ChildName = childName;
        Reset = reset;
        _minBackoff = minBackoff;
        _maxBackoff = maxBackoff;
        _randomFactor = randomFactor;
        ReplyWhileStopped = replyWhileStopped;
        FinalStopMessage = finalStopMessage;
    }

    /// <summary>What the child is made from.</summary>
    protected Props ChildProps { get; }

    /// <summary>The child's name.</summary>
    protected string ChildName { get; }

    /// <summary>How restarts are forgotten.</summary>
    protected IBackoffReset Reset { get; }

    /// <summary>The answer while the child is down; null for none.</summary>
    protected object ReplyWhileStopped { get; }

    /// <summary>Tells the messages after which the child's end is final; null for none.</summary>
    protected Func<object, bool> FinalStopMessage { get; }

    /// <summary>The child; null while it is down.</summary>
    protected IActorRef Child { get; set; }

    /// <summary>How often the child was made anew.</summary>
    protected int RestartCountN { get; set; }

    /// <summary>True once the child's next end is final.</summary>
    protected bool FinalStopMessageReceived { get; set; }

    /// <inheritdoc/>
    protected override void PreStart() => StartChild();

    /// <summary>Handles what both kinds handle alike.</summary>
    protected bool HandleBackoff(object message)
    {
        switch (message)
        {
            case BackoffSupervisor.StartChild:
                StartChild();
                if (Reset is AutoReset auto) Later(auto.ResetBackoff, new BackoffSupervisor.ResetRestartCount(RestartCountN));
                return true;
            case BackoffSupervisor.Reset when Reset is ManualReset:
                RestartCountN = 0;
                return true;
            case BackoffSupervisor.Reset:
                return false;
            case BackoffSupervisor.ResetRestartCount reset:
                if (reset.Current == RestartCountN) RestartCountN = 0;
                return true;
            case BackoffSupervisor.GetRestartCount:
                Sender.Tell(new BackoffSupervisor.RestartCount(RestartCountN));
                return true;
            case BackoffSupervisor.GetCurrentChild:
                Sender.Tell(new BackoffSupervisor.CurrentChild(Child));
                return true;
            default:
                PassOn(message);
                return true;
        }
    }

    /// <summary>Counts a restart and starts the child after the delay that this many restarts call for.</summary>
    private protected void StartChildLater()
    {
        Later(BackoffDelay.After(RestartCountN, _minBackoff, _maxBackoff, _randomFactor, Random.Shared.NextDouble()), BackoffSupervisor.StartChild.Instance);
        RestartCountN++;
    }

    private void StartChild() => Child ??= Context.Watch(Context.ActorOf(ChildProps, ChildName));

    private void Later(TimeSpan delay, object message) => Context.System.Scheduler.ScheduleTellOnce(delay, Self, message, Self);

    private void PassOn(object message)
    {
        if (Child is null)
        {
            if (ReplyWhileStopped is not null) Sender.Tell(ReplyWhileStopped);
            else Context.System.DeadLetters.Forward(message);
            if (FinalStopMessage?.Invoke(message) == true) Context.Stop(Self);
        }
        else if (Child.Equals(Sender))
        {
            Context.Parent.Tell(message);
        }
        else
        {
            FinalStopMessageReceived |= FinalStopMessage?.Invoke(message) == true;
            Child.Forward(message);
        }
    }
}
