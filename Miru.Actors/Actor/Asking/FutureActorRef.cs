using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>A reference that is no actor: it completes a task with the first thing it is told. What comes later is a dead letter.</summary>
public class FutureActorRef<T> : MinimalActorRef
{
    private readonly TaskCompletionSource<T> _result;
    private readonly IActorRefProvider _provider;
    private ActorPath _path;

    /// <summary>Completes <paramref name="result"/>.</summary>
    /// <param name="result">Takes a T as result and a <see cref="Status.Failure"/> as exception; anything else is the wrong answer.</param>
    /// <param name="path">Where it lives; a new path below /temp when null.</param>
    /// <param name="provider">Of the system that it belongs to.</param>
    public FutureActorRef(TaskCompletionSource<T> result, ActorPath path, IActorRefProvider provider)
    {
        _result = result;
        _provider = provider;
        _path = path;
    }

    /// <inheritdoc/>
    public override ActorPath Path => _path ?? Interlocked.CompareExchange(ref _path, _provider.TempPath(), null) ?? _path;

    /// <inheritdoc/>
    public override IActorRefProvider Provider => _provider;

    private protected TaskCompletionSource<T> Result => _result;

    /// <summary>Death watch of somebody who only waits for a death.</summary>
    public override void SendSystemMessage(ISystemMessage message)
    {
        if (message is DeathWatchNotification death)
            Tell(new Terminated(death.Actor, death.ExistenceConfirmed, death.AddressTerminated), death.Actor);
        else if (message is Watch watch)
            EmptyLocalActorRef.AnswerWatch(watch);
    }

    /// <inheritdoc/>
    protected override void TellInternal(object message, IActorRef sender)
    {
        var taken = message switch
        {
            T answer => _result.TrySetResult(answer),
            Status.Failure failure => _result.TrySetException(
                failure.Cause ?? new TaskCanceledException("Task cancelled by actor via Failure message.")),
            _ => _result.TrySetException(new ArgumentException(
                $"Received message of type [{message.GetType()}] - Ask expected message of type [{typeof(T)}]")),
        };
        if (!taken && !_result.Task.IsCanceled)
            _provider.DeadLetters.Tell(new Event.DeadLetter(message, sender ?? _provider.DeadLetters, this), sender);
    }
}
