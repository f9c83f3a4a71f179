using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>The sender of an ask: takes one answer and completes a task with it. Later answers are dead letters.</summary>
internal sealed class PromiseActorRef<T>(ActorSystemImpl system) : MinimalActorRef
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ActorPath _path;

    internal Task<T> Answer => _answer.Task;

    public override ActorPath Path => _path ?? Interlocked.CompareExchange(ref _path, system.TempPath(), null) ?? _path;

    internal override ActorSystemImpl SystemImpl => system;

    public override IInternalActorRef Parent => (IInternalActorRef)system.DeadLetters;

    public override bool IsTerminated => _answer.Task.IsCompleted;

    internal void Fail(Exception reason) => _answer.TrySetException(reason);

    internal void Cancel(CancellationToken token) => _answer.TrySetCanceled(token);

    /// <summary>Death watch of somebody who only waits for a death.</summary>
    public override void SendSystemMessage(ISystemMessage message)
    {
        if (message is DeathWatchNotification death)
            Tell(new Terminated(death.Actor, death.ExistenceConfirmed, death.AddressTerminated), death.Actor);
        else if (message is Watch watch)
            EmptyLocalActorRef.AnswerWatch(watch);
    }

    protected override void TellInternal(object message, IActorRef sender)
    {
        var taken = message switch
        {
            T answer => _answer.TrySetResult(answer),
            Status.Failure failure => _answer.TrySetException(
                failure.Cause ?? new TaskCanceledException("Task cancelled by actor via Failure message.")),
            _ => _answer.TrySetException(new ArgumentException(
                $"Received message of type [{message.GetType()}] - Ask expected message of type [{typeof(T)}]")),
        };
        if (!taken && !_answer.Task.IsCanceled) system.DeadLetters.Tell(new Event.DeadLetter(message, sender ?? system.DeadLetters, this), sender);
    }
}
