using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>One thing to do at its time: a message to tell or work to run, once or again and again.</summary>
internal sealed class TimerQueueEntry : IRunnable
{
    private readonly TimerQueue _queue;
    private readonly object _target;
    private readonly object _message;
    private readonly IActorRef _sender;
    private readonly ICancelable _cancelable;

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

    /// <summary>Zero for once.</summary>
    internal TimeSpan Interval { get; }

    /// <summary>Where in the queue's heap; -1 when it is not there.</summary>
    internal int HeapIndex { get; set; } = -1;

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
