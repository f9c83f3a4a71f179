using Akka.Actor;

namespace Akka.TestKit;

// Expecting: taking the next message and failing unless it is the right one.
public abstract partial class TestKitBase
{
    /// <summary>The next message, which must be a <typeparamref name="T"/>.</summary>
    public T ExpectMsg<T>(TimeSpan? duration = null, string hint = null, CancellationToken cancellationToken = default) =>
        Done(ExpectCore<T>((_, _) => { }, duration, hint, async: false, cancellationToken));

    /// <summary>The next message, which must equal <paramref name="message"/>.</summary>
    public T ExpectMsg<T>(T message, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Done(ExpectCore(EqualTo(message, hint), timeout, hint, async: false, cancellationToken));

    /// <summary>The next message, which <paramref name="isMessage"/> must like.</summary>
    public T ExpectMsg<T>(Predicate<T> isMessage, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Done(ExpectCore(Liked(isMessage, hint), timeout, hint, async: false, cancellationToken));

    /// <summary>The next message, after <paramref name="assert"/> has passed it.</summary>
    public T ExpectMsg<T>(Action<T> assert, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Done(ExpectCore<T>((message, _) => assert(message), timeout, hint, async: false, cancellationToken));

    /// <summary>The next message, which <paramref name="isMessageAndSender"/> must like together with its sender.</summary>
    public T ExpectMsg<T>(Func<T, IActorRef, bool> isMessageAndSender, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Done(ExpectCore(Liked(isMessageAndSender, hint), timeout, hint, async: false, cancellationToken));

    /// <summary>The next message, after <paramref name="assertMessageAndSender"/> has passed it and its sender.</summary>
    public T ExpectMsg<T>(Action<T, IActorRef> assertMessageAndSender, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Done(ExpectCore(assertMessageAndSender, timeout, hint, async: false, cancellationToken));

    /// <summary>The next message, which <paramref name="comparer"/> must find equal to <paramref name="expected"/>.</summary>
    public T ExpectMsg<T>(T expected, Func<T, T, bool> comparer, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Done(ExpectCore(EqualTo(expected, comparer, hint), timeout, hint, async: false, cancellationToken));

    /// <inheritdoc cref="ExpectMsg{T}(TimeSpan?, string, CancellationToken)" />
    public ValueTask<T> ExpectMsgAsync<T>(TimeSpan? duration = null, string hint = null, CancellationToken cancellationToken = default) =>
        ExpectCore<T>((_, _) => { }, duration, hint, async: true, cancellationToken);

    /// <inheritdoc cref="ExpectMsg{T}(T, TimeSpan?, string, CancellationToken)" />
    public ValueTask<T> ExpectMsgAsync<T>(T message, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        ExpectCore(EqualTo(message, hint), timeout, hint, async: true, cancellationToken);

    /// <inheritdoc cref="ExpectMsg{T}(Predicate{T}, TimeSpan?, string, CancellationToken)" />
    public ValueTask<T> ExpectMsgAsync<T>(Predicate<T> isMessage, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        ExpectCore(Liked(isMessage, hint), timeout, hint, async: true, cancellationToken);

    /// <inheritdoc cref="ExpectMsg{T}(Action{T}, TimeSpan?, string, CancellationToken)" />
    public ValueTask<T> ExpectMsgAsync<T>(Action<T> assert, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        ExpectCore<T>((message, _) => assert(message), timeout, hint, async: true, cancellationToken);

    /// <inheritdoc cref="ExpectMsg{T}(Func{T, IActorRef, bool}, TimeSpan?, string, CancellationToken)" />
    public ValueTask<T> ExpectMsgAsync<T>(Func<T, IActorRef, bool> isMessageAndSender, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        ExpectCore(Liked(isMessageAndSender, hint), timeout, hint, async: true, cancellationToken);

    /// <inheritdoc cref="ExpectMsg{T}(Action{T, IActorRef}, TimeSpan?, string, CancellationToken)" />
    public ValueTask<T> ExpectMsgAsync<T>(Action<T, IActorRef> assertMessageAndSender, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        ExpectCore(assertMessageAndSender, timeout, hint, async: true, cancellationToken);

    /// <inheritdoc cref="ExpectMsg{T}(T, Func{T, T, bool}, TimeSpan?, string, CancellationToken)" />
    public ValueTask<T> ExpectMsgAsync<T>(T expected, Func<T, T, bool> comparer, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        ExpectCore(EqualTo(expected, comparer, hint), timeout, hint, async: true, cancellationToken);

    /// <summary>The next message, which must be the end of <paramref name="target"/>, watched before.</summary>
    public Terminated ExpectTerminated(IActorRef target, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Done(ExpectCore(EndOf(target, hint), timeout, hint, async: false, cancellationToken));

    /// <inheritdoc cref="ExpectTerminated" />
    public ValueTask<Terminated> ExpectTerminatedAsync(IActorRef target, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        ExpectCore(EndOf(target, hint), timeout, hint, async: true, cancellationToken);

    /// <summary>Fails if a message arrives in the time that a single expectation has by default.</summary>
    public void ExpectNoMsg(CancellationToken cancellationToken = default) => Done(SilenceCore(RemainingOrDefault, async: false, cancellationToken));

    /// <summary>Fails if a message arrives in the next <paramref name="duration"/>.</summary>
    public void ExpectNoMsg(TimeSpan duration, CancellationToken cancellationToken = default) => Done(SilenceCore(Dilated(duration), async: false, cancellationToken));

    /// <summary>Fails if a message arrives in so many milliseconds.</summary>
    public void ExpectNoMsg(int milliseconds, CancellationToken cancellationToken = default) => ExpectNoMsg(TimeSpan.FromMilliseconds(milliseconds), cancellationToken);

    /// <inheritdoc cref="ExpectNoMsg(CancellationToken)" />
    public async ValueTask ExpectNoMsgAsync(CancellationToken cancellationToken = default) => await SilenceCore(RemainingOrDefault, async: true, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc cref="ExpectNoMsg(TimeSpan, CancellationToken)" />
    public async ValueTask ExpectNoMsgAsync(TimeSpan duration, CancellationToken cancellationToken = default) => await SilenceCore(Dilated(duration), async: true, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc cref="ExpectNoMsg(int, CancellationToken)" />
    public ValueTask ExpectNoMsgAsync(int milliseconds, CancellationToken cancellationToken = default) => ExpectNoMsgAsync(TimeSpan.FromMilliseconds(milliseconds), cancellationToken);

    private async ValueTask<T> ExpectCore<T>(Action<T, IActorRef> check, TimeSpan? timeout, string hint, bool async, CancellationToken cancellation)
    {
        var patience = RemainingOrDilated(timeout);
        _lastWasSilence = false;
        var envelope = _last = await _inbox.TakeAsync(patience, async, cancellation).ConfigureAwait(false);
        if (envelope is NullMessageEnvelope) _assertions.Fail($"Failed: Timeout {patience} while waiting for a message of type {typeof(T)} {hint}");
        if (envelope.Message is not T message)
        {
            _assertions.Fail($"Failed: Expected a message of type {typeof(T)}, but received {{{envelope.Message}}} (type {envelope.Message?.GetType()}) instead {hint} from {envelope.Sender}");
            return default;
        }
        check(message, envelope.Sender);
        return message;
    }

    private async ValueTask<bool> SilenceCore(TimeSpan duration, bool async, CancellationToken cancellation)
    {
        var envelope = _last = await _inbox.TakeAsync(duration, async, cancellation).ConfigureAwait(false);
        if (envelope is not NullMessageEnvelope) _assertions.Fail($"Failed: Expected no messages during {duration}, instead we received {envelope}");
        return _lastWasSilence = true;
    }

    private Action<T, IActorRef> EqualTo<T>(T expected, string hint) => (message, _) => _assertions.AssertEqual(expected, message, hint ?? "");

    private Action<T, IActorRef> EqualTo<T>(T expected, Func<T, T, bool> comparer, string hint) => (message, _) => _assertions.AssertEqual(expected, message, comparer, hint ?? "");

    private Action<T, IActorRef> Liked<T>(Predicate<T> isMessage, string hint) => Liked<T>((message, _) => isMessage(message), hint);

    private Action<T, IActorRef> Liked<T>(Func<T, IActorRef, bool> isMessage, string hint) => (message, sender) =>
        _assertions.AssertTrue(isMessage(message, sender), $"Got a message of the expected type <{typeof(T)}> from {sender}. Also expected {hint ?? "the predicate to return true"} but the message {{{message}}} did not match.");

    private Action<Terminated, IActorRef> EndOf(IActorRef target, string hint) => (message, _) => _assertions.AssertEqual(target, message.ActorRef, hint ?? "");
}
