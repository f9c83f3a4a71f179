using Akka.Actor.Internal;

namespace Akka.Actor;

/// <summary>The sender of an ask: takes one answer, unless the asker loses patience first. Its path is made only when somebody looks.</summary>
internal sealed class PromiseActorRef<T>(ActorSystemImpl system)
    : FutureActorRef<T>(new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously), path: null, system.Provider)
{
    internal Task<T> Answer => Result.Task;

    internal override ActorSystemImpl SystemImpl => system;

    public override IInternalActorRef Parent => (IInternalActorRef)system.DeadLetters;

    public override bool IsTerminated => Result.Task.IsCompleted;

    internal void Fail(Exception reason) => Result.TrySetException(reason);

    internal void Cancel(CancellationToken token) => Result.TrySetCanceled(token);
}
