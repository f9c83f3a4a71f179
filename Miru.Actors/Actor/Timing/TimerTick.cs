using Akka.Event;

namespace Akka.Actor;

/// <summary>What a timer tells; the cell opens it and drops it when its timer is gone.</summary>
internal sealed class TimerTick(TimerScheduler owner, object key, object message, bool repeats) : IAutoReceivedMessage, IWrappedMessage, IDeadLetterSuppression
{
    internal TimerScheduler Owner => owner;

    internal object Key => key;

    internal bool Repeats => repeats;

    public object Message => message;

    public override string ToString() => $"<TimerTick>: {key} {message}";
}
