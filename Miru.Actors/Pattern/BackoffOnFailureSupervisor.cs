using Akka.Actor;
using Akka.Event;

namespace Akka.Pattern;

/// <summary>
/// Makes its child anew, after a growing delay, when it fails. Where the strategy says restart the child is stopped instead, and comes back
/// when the delay has passed. A child that stops by itself stops the supervisor.
/// </summary>
internal sealed class BackoffOnFailureSupervisor(
    Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, IBackoffReset reset, double randomFactor,
    OneForOneStrategy strategy, object replyWhileStopped, Func<object, bool> finalStopMessage)
    : BackoffSupervisorBase(childProps, childName, reset, minBackoff, maxBackoff, randomFactor, replyWhileStopped, finalStopMessage)
{
    /// <summary>The child failed and is stopping: it comes back.</summary>
    private bool _comesBack;

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(cause =>
    {
        var directive = strategy.Decider.Decide(cause);
        if (directive != Directive.Restart) return directive;
        if (strategy.MaxNumberOfRetries >= 0 && RestartCountN >= strategy.MaxNumberOfRetries)
        {
            Context.GetLogger().Debug("Terminating on restart #{0} which exceeds max allowed restarts ({1})", RestartCountN + 1, strategy.MaxNumberOfRetries);
            Context.Stop(Self);
        }
        else
        {
            _comesBack = true;
        }
        return Directive.Stop;
    });

    protected override bool Receive(object message)
    {
        if (message is not Terminated terminated || !terminated.ActorRef.Equals(Child)) return HandleBackoff(message);
        Child = null;
        if (_comesBack && !FinalStopMessageReceived) StartChildLater();
        else Context.Stop(Self);
        _comesBack = false;
        return true;
    }
}
