using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>Awaits an actor's end.</summary>
public static class WatchAsyncSupport
{
    /// <summary>True when the actor has stopped, false when the token came first.</summary>
    public static async Task<bool> WatchAsync(this IActorRef target, CancellationToken token = default)
    {
        var watchee = (IInternalActorRef)target;
        var promise = new PromiseActorRef<Terminated>((target as InternalActorRefBase)?.SystemImpl);
        using var onCancel = token.UnsafeRegister((_, cancelled) => promise.Cancel(cancelled), null);
        watchee.SendSystemMessage(new Watch(watchee, promise));
        try
        {
            await promise.Answer.ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            watchee.SendSystemMessage(new Unwatch(watchee, promise));
            return false;
        }
    }
}
