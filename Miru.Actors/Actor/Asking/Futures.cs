using Akka.Actor.Internal;

namespace Akka.Actor;

/// <summary>
/// Asks an actor and awaits its answer: for the edges of a system. An actor that throws does not answer, so an ask without a timeout may
/// wait for ever; unless <c>akka.actor.ask-timeout</c> is set the default is just that.
/// </summary>
public static class Futures
{
    /// <summary>Asks for anything.</summary>
    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout = null) => self.Ask<object>(message, timeout, default);

    /// <summary>Asks for anything.</summary>
    public static Task<object> Ask(this ICanTell self, object message, CancellationToken cancellationToken) =>
        self.Ask<object>(message, null, cancellationToken);

    /// <summary>Asks for anything.</summary>
    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken) =>
        self.Ask<object>(message, timeout, cancellationToken);

    /// <summary>Asks for a T.</summary>
    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout = null) => self.Ask<T>(message, timeout, default);

    /// <summary>Asks for a T.</summary>
    public static Task<T> Ask<T>(this ICanTell self, object message, CancellationToken cancellationToken) => self.Ask<T>(message, null, cancellationToken);

    /// <summary>Asks for a T.</summary>
    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken) =>
        self.Ask<T>(_ => message, timeout, cancellationToken);

    /// <summary>Asks with a message that is made from the reference to answer to.</summary>
    /// <exception cref="ArgumentException">Nobody to ask, or the answer is no T.</exception>
    /// <exception cref="AskTimeoutException">No answer in time; thrown by the task.</exception>
    public static async Task<T> Ask<T>(
        this ICanTell self, Func<IActorRef, object> messageFactory, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var system = SystemOf(self) ?? throw new ArgumentException("Unable to resolve the target Provider", nameof(self));
        var wait = timeout ?? system.Settings.AskTimeout;
        var promise = new PromiseActorRef<T>(system);

        using var expiry = wait != System.Threading.Timeout.InfiniteTimeSpan && wait > TimeSpan.Zero ? new CancellationTokenSource(wait) : null;
        using var onExpiry = expiry?.Token.UnsafeRegister(
            _ => promise.Fail(new AskTimeoutException($"Timeout after {wait} seconds")), null);
        using var onCancel = cancellationToken.UnsafeRegister((_, token) => promise.Cancel(token), null);

        self.Tell(messageFactory(promise), promise);
        return await promise.Answer.ConfigureAwait(false);
    }

    private static ActorSystemImpl SystemOf(ICanTell self) => self switch
    {
        ActorSelection selection => SystemOf(selection.Anchor),
        InternalActorRefBase { SystemImpl: { } system } => system,
        _ => ActorCell.Current?.SystemImpl,
    };
}
