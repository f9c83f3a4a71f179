using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>One thing to do at its time: a message to tell or work to run, once or again and again.</summary>
internal sealed class TimerQueueEntry : IRunnable
{
    private readonly TimerQueue _queue;
    private readonly ICancelable _cancelable;
    private object _target;
    private object _message;
    private IActorRef _sender;

    private TimerQueueEntry(TimerQueue queue, TimeSpan interval, object target, object message, IActorRef sender, ICancelable cancelable)
    {
        _queue = queue;
        Interval = interval;
        _target = target;
        _message = message;
        _sender = sender;
        _cancelable = cancelable;
    }

    /// <summary>When, on the queue's clock.</summary>
    internal TimeSpan Due { get; set; }

    /// <summary>Of two that are due at the same time the one that was scheduled first comes first.</summary>
    internal long Turn { get; set; }

    /// <summary>Zero for once.</summary>
    internal TimeSpan Interval { get; }

    /// <summary>True while it waits in the queue and is not cancelled. Guarded by the queue.</summary>
    internal bool IsQueued { get; set; }

    internal bool IsBefore(TimerQueueEntry other) => Due < other.Due || Due == other.Due && Turn < other.Turn;

    internal static TimerQueueEntry Tell(TimerQueue queue, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        new(queue, interval, receiver, message, sender, cancelable);

    internal static TimerQueueEntry Call(TimerQueue queue, TimeSpan interval, object work, ICancelable cancelable) =>
        new(queue, interval, work, null, null, cancelable);

    internal void ScheduleAfter(TimeSpan delay)
    {
        if (_cancelable is { IsCancellationRequested: true }) return;
        _queue.Add(this, delay);
        // Attached after it is in the queue: a cancellation in between finds it here, one before is seen by the attempt.
        if (_cancelable is Cancelable own && !own.TryAttach(this)) Remove();
    }

    internal void Remove() => _queue.Remove(this);

    /// <summary>
    /// False when it does not wait any more. Under the queue's lock. Lets go of what it holds, unless it repeats: then it may be running.
    /// </summary>
    internal bool TryCancel()
    {
        if (!IsQueued) return false;
        IsQueued = false;
        if (Interval == TimeSpan.Zero) (_target, _message, _sender) = (null, null, null);
        return true;
    }

    public void Run()
    {
        if (_cancelable is { IsCancellationRequested: true })
        {
            Remove();
            return;
        }
        if (Interval == TimeSpan.Zero && _cancelable is Cancelable own) own.Detach(this);
        switch (_target)
        {
            case ICanTell receiver:
                receiver.Tell(_message, _sender);
                break;
            case Action action:
                action();
                break;
            case IRunnable work:
                work.Run();
                break;
        }
    }
}
