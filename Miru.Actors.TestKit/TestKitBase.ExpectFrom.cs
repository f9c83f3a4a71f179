using Akka.Actor;

namespace Akka.TestKit;

// Expecting a message together with who sent it.
public abstract partial class TestKitBase
{
    /// <summary>The next message, which must be a <typeparamref name="T"/> from <paramref name="sender"/>.</summary>
    public T ExpectMsgFrom<T>(IActorRef sender, TimeSpan? duration = null, string hint = null, CancellationToken cancellationToken = default) =>
        Done(ExpectCore(From<T>(sender, hint, _ => { }), duration, hint, async: false, cancellationToken));

    /// <summary>The next message, which must equal <paramref name="message"/> and be from <paramref name="sender"/>.</summary>
    public T ExpectMsgFrom<T>(IActorRef sender, T message, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Done(ExpectCore(From<T>(sender, hint, actual => EqualTo(message, hint)(actual, sender)), timeout, hint, async: false, cancellationToken));

    /// <summary>The next message, which must be liked and from <paramref name="sender"/>.</summary>
    public T ExpectMsgFrom<T>(IActorRef sender, Predicate<T> isMessage, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Done(ExpectCore(From<T>(sender, hint, actual => Liked(isMessage, hint)(actual, sender)), timeout, hint, async: false, cancellationToken));

    /// <summary>The next message, which must be liked and so must its sender.</summary>
    public T ExpectMsgFrom<T>(Predicate<IActorRef> isSender, Predicate<T> isMessage, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Done(ExpectCore(Liked<T>((message, sender) => isSender(sender) && isMessage(message), hint), timeout, hint, async: false, cancellationToken));

    /// <summary>The next message, which must pass and be from <paramref name="sender"/>.</summary>
    public T ExpectMsgFrom<T>(IActorRef sender, Action<T> assertMessage, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Done(ExpectCore(From(sender, hint, assertMessage), timeout, hint, async: false, cancellationToken));

    /// <summary>The next message, which must pass and so must its sender.</summary>
    public T ExpectMsgFrom<T>(Action<IActorRef> assertSender, Action<T> assertMessage, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Done(ExpectCore<T>((message, sender) => { assertSender(sender); assertMessage(message); }, timeout, hint, async: false, cancellationToken));

    /// <inheritdoc cref="ExpectMsgFrom{T}(IActorRef, TimeSpan?, string, CancellationToken)" />
    public ValueTask<T> ExpectMsgFromAsync<T>(IActorRef sender, TimeSpan? duration = null, string hint = null, CancellationToken cancellationToken = default) =>
        ExpectCore(From<T>(sender, hint, _ => { }), duration, hint, async: true, cancellationToken);

    /// <inheritdoc cref="ExpectMsgFrom{T}(IActorRef, T, TimeSpan?, string, CancellationToken)" />
    public ValueTask<T> ExpectMsgFromAsync<T>(IActorRef sender, T message, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        ExpectCore(From<T>(sender, hint, actual => EqualTo(message, hint)(actual, sender)), timeout, hint, async: true, cancellationToken);

    private Action<T, IActorRef> From<T>(IActorRef expected, string hint, Action<T> check) => (message, sender) =>
    {
        _assertions.AssertEqual(expected, sender, hint ?? "");
        check(message);
    };
}
