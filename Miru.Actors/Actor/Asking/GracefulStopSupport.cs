using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>Stops an actor and awaits its end.</summary>
public static class GracefulStopSupport
{
    /// <summary>With a <see cref="PoisonPill"/>.</summary>
    public static Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout) => target.GracefulStop(timeout, PoisonPill.Instance);

    /// <summary>With a message that makes the actor stop.</summary>
    /// <exception cref="TaskCanceledException">It did not stop in time; thrown by the task.</exception>
    public static async Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout, object stopMessage)
    {
        var watchee = (IInternalActorRef)target;
        var promise = new PromiseActorRef<Terminated>((target as InternalActorRefBase)?.SystemImpl);
        using var expiry = new CancellationTokenSource(timeout);
        using var onExpiry = expiry.Token.UnsafeRegister((_, token) => promise.Cancel(token), null);
        watchee.SendSystemMessage(new Watch(watchee, promise));
        target.Tell(stopMessage, ActorRefs.NoSender);
        try
        {
            return (await promise.Answer.ConfigureAwait(false)).ActorRef.Equals(target);
        }
        finally
        {
            watchee.SendSystemMessage(new Unwatch(watchee, promise));
        }
    }
}
