using Akka.Actor;

namespace Akka.Pattern;

/// <summary>The one kind of backoff options there is.</summary>
internal sealed class BackoffRecipe(bool onStop, Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor) : BackoffOptions
{
    private IBackoffReset _reset;
    private OneForOneStrategy _strategy = new(SupervisorStrategy.DefaultDecider);
    private object _replyWhileStopped;
    private Func<object, bool> _finalStopMessage;

    /// <exception cref="ArgumentException">A delay is not positive, the longest is shorter than the first, or the factor is not from 0 to 1.</exception>
    internal override Props Props
    {
        get
        {
            if (minBackoff <= TimeSpan.Zero) throw new ArgumentException("MinBackoff must be greater than 0");
            if (maxBackoff < minBackoff) throw new ArgumentException("MaxBackoff must be greater than MinBackoff");
            if (randomFactor is < 0 or > 1) throw new ArgumentException("RandomFactor must be between 0.0 and 1.0");
            var reset = _reset ?? new AutoReset(minBackoff);
            return onStop
                ? Props.Create(() => new BackoffSupervisor(childProps, childName, minBackoff, maxBackoff, reset, randomFactor, _strategy, _replyWhileStopped, _finalStopMessage))
                : Props.Create(() => new BackoffOnFailureSupervisor(childProps, childName, minBackoff, maxBackoff, reset, randomFactor, _strategy, _replyWhileStopped, _finalStopMessage));
        }
    }

    public override BackoffOptions WithAutoReset(TimeSpan resetBackoff) => With(options => options._reset = new AutoReset(resetBackoff));

    public override BackoffOptions WithManualReset() => With(options => options._reset = new ManualReset());

    public override BackoffOptions WithSupervisorStrategy(OneForOneStrategy supervisorStrategy) => With(options => options._strategy = supervisorStrategy);

    public override BackoffOptions WithDefaultStoppingStrategy() =>
        With(options => options._strategy = new OneForOneStrategy(_strategy.MaxNumberOfRetries, _strategy.WithinTimeRangeMilliseconds, SupervisorStrategy.StoppingStrategy.Decider));

    public override BackoffOptions WithMaxNrOfRetries(int maxNrOfRetries) => With(options => options._strategy = _strategy.WithMaxNrOfRetries(maxNrOfRetries));

    public override BackoffOptions WithReplyWhileStopped(object replyWhileStopped) => With(options => options._replyWhileStopped = replyWhileStopped);

    public override BackoffOptions WithFinalStopMessage(Func<object, bool> isFinalStopMessage) => With(options => options._finalStopMessage = isFinalStopMessage);

    private BackoffRecipe With(Action<BackoffRecipe> change)
    {
        var copy = (BackoffRecipe)MemberwiseClone();
        change(copy);
        return copy;
    }
}
