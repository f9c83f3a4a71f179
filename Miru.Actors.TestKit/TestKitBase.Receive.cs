using System.Collections;

namespace Akka.TestKit;

// Receiving: taking messages as they come, without an opinion about them.
public abstract partial class TestKitBase
{
    /// <summary>The next message; null if none arrives in time. Zero does not wait, an infinite time waits for ever.</summary>
    public object ReceiveOne(TimeSpan? max = null, CancellationToken cancellationToken = default) => Content(Done(TakeCore(max, async: false, cancellationToken)));

    /// <inheritdoc cref="ReceiveOne" />
    public async ValueTask<object> ReceiveOneAsync(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        Content(await TakeCore(max, async: true, cancellationToken).ConfigureAwait(false));

    /// <summary>Takes the next message with its sender; false if none arrives in time.</summary>
    public bool TryReceiveOne(out MessageEnvelope envelope, TimeSpan? max = null, CancellationToken cancellationToken = default)
    {
        envelope = Done(TakeCore(max, async: false, cancellationToken));
        return envelope is not NullMessageEnvelope;
    }

    /// <inheritdoc cref="TryReceiveOne" />
    public async ValueTask<(bool success, MessageEnvelope envelope)> TryReceiveOneAsync(TimeSpan? max, CancellationToken cancellationToken = default)
    {
        var envelope = await TakeCore(max, async: true, cancellationToken).ConfigureAwait(false);
        return (envelope is not NullMessageEnvelope, envelope);
    }

    /// <summary>The next message, which stays where it is; null if none arrives in time.</summary>
    public object PeekOne(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        Content(Done(_inbox.PeekAsync(Patience(max), async: false, cancellationToken)));

    /// <inheritdoc cref="PeekOne(TimeSpan?, CancellationToken)" />
    public async ValueTask<object> PeekOneAsync(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        Content(await _inbox.PeekAsync(Patience(max), async: true, cancellationToken).ConfigureAwait(false));

    /// <summary>So many messages; fails if they do not arrive in time.</summary>
    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, CancellationToken cancellationToken = default) =>
        Done(ReceiveNCore(numberOfMessages, RemainingOrDefault, async: false, cancellationToken));

    /// <summary>So many messages; fails if they do not arrive in time.</summary>
    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, TimeSpan max, CancellationToken cancellationToken = default) =>
        Done(ReceiveNCore(numberOfMessages, Dilated(max), async: false, cancellationToken));

    /// <inheritdoc cref="ReceiveN(int, CancellationToken)" />
    public IAsyncEnumerable<object> ReceiveNAsync(int numberOfMessages, CancellationToken cancellationToken = default) =>
        Each(ReceiveNCore(numberOfMessages, RemainingOrDefault, async: true, cancellationToken));

    /// <inheritdoc cref="ReceiveN(int, TimeSpan, CancellationToken)" />
    public IAsyncEnumerable<object> ReceiveNAsync(int numberOfMessages, TimeSpan max, CancellationToken cancellationToken = default) =>
        Each(ReceiveNCore(numberOfMessages, Dilated(max), async: true, cancellationToken));

    /// <summary>Messages as long as <paramref name="filter"/> makes something of them; the first that it makes null of stays where it is.</summary>
    public IReadOnlyList<T> ReceiveWhile<T>(TimeSpan? max, Func<object, T> filter, int msgs = int.MaxValue, CancellationToken cancellationToken = default) =>
        ReceiveWhile(filter, max, null, msgs, cancellationToken);

    /// <inheritdoc cref="ReceiveWhile{T}(TimeSpan?, Func{object, T}, int, CancellationToken)" />
    public IReadOnlyList<T> ReceiveWhile<T>(TimeSpan? max, TimeSpan? idle, Func<object, T> filter, int msgs = int.MaxValue, CancellationToken cancellationToken = default) =>
        ReceiveWhile(filter, max, idle, msgs, cancellationToken);

    /// <inheritdoc cref="ReceiveWhile{T}(TimeSpan?, Func{object, T}, int, CancellationToken)" />
    public IReadOnlyList<T> ReceiveWhile<T>(Func<object, T> filter, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue, CancellationToken cancellationToken = default) =>
        Done(ReceiveWhileCore(filter, max, idle, msgs, async: false, cancellationToken));

    /// <summary>Messages of one type as long as <paramref name="shouldContinue"/> wants more.</summary>
    public IReadOnlyList<T> ReceiveWhile<T>(Predicate<T> shouldContinue, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue, bool shouldIgnoreOtherMessageTypes = true, CancellationToken cancellationToken = default) =>
        Done(ReceiveWhileCore(shouldContinue, max, idle, msgs, shouldIgnoreOtherMessageTypes, async: false, cancellationToken));

    /// <inheritdoc cref="ReceiveWhile{T}(TimeSpan?, Func{object, T}, int, CancellationToken)" />
    public IAsyncEnumerable<T> ReceiveWhileAsync<T>(Func<object, T> filter, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue, CancellationToken cancellationToken = default) =>
        Each(ReceiveWhileCore(filter, max, idle, msgs, async: true, cancellationToken));

    /// <inheritdoc cref="ReceiveWhile{T}(Predicate{T}, TimeSpan?, TimeSpan?, int, bool, CancellationToken)" />
    public IAsyncEnumerable<T> ReceiveWhileAsync<T>(Predicate<T> shouldContinue, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue, bool shouldIgnoreOtherMessageTypes = true, CancellationToken cancellationToken = default) =>
        Each(ReceiveWhileCore(shouldContinue, max, idle, msgs, shouldIgnoreOtherMessageTypes, async: true, cancellationToken));

    /// <summary>Throws messages away until <paramref name="isMessage"/> likes one; fails if none comes in time.</summary>
    public object FishForMessage(Predicate<object> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        FishForMessage<object>(isMessage, max, hint, cancellationToken);

    /// <summary>Throws messages away until one of the type is liked; fails if none comes in time.</summary>
    public T FishForMessage<T>(Predicate<T> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        Done(FishCore(isMessage, null, max, hint, async: false, cancellationToken));

    /// <summary>Moves messages to <paramref name="allMessages"/> until one of the type is liked.</summary>
    public T FishForMessage<T>(Predicate<T> isMessage, ArrayList allMessages, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        Done(FishCore(isMessage, allMessages, max, hint, async: false, cancellationToken));

    /// <inheritdoc cref="FishForMessage(Predicate{object}, TimeSpan?, string, CancellationToken)" />
    public ValueTask<object> FishForMessageAsync(Predicate<object> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        FishCore(isMessage, null, max, hint, async: true, cancellationToken);

    /// <inheritdoc cref="FishForMessage{T}(Predicate{T}, TimeSpan?, string, CancellationToken)" />
    public ValueTask<T> FishForMessageAsync<T>(Predicate<T> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        FishCore(isMessage, null, max, hint, async: true, cancellationToken);

    /// <inheritdoc cref="FishForMessage{T}(Predicate{T}, ArrayList, TimeSpan?, string, CancellationToken)" />
    public ValueTask<T> FishForMessageAsync<T>(Predicate<T> isMessage, ArrayList allMessages, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        FishCore(isMessage, allMessages, max, hint, async: true, cancellationToken);

    private async ValueTask<MessageEnvelope> TakeCore(TimeSpan? max, bool async, CancellationToken cancellation)
    {
        _lastWasSilence = false;
        return _last = await _inbox.TakeAsync(Patience(max), async, cancellation).ConfigureAwait(false);
    }

    private async ValueTask<List<object>> ReceiveNCore(int count, TimeSpan max, bool async, CancellationToken cancellation)
    {
        var messages = new List<object>(count);
        for (var stop = Now + max; messages.Count < count;)
        {
            var envelope = await TakeWithin(stop, async, cancellation).ConfigureAwait(false);
            if (envelope is NullMessageEnvelope) _assertions.Fail($"Timeout ({max}) while expecting {count} messages. Only got {messages.Count} after {max}.");
            messages.Add(envelope.Message);
        }
        return messages;
    }

    private async ValueTask<List<T>> ReceiveWhileCore<T>(Func<object, T> filter, TimeSpan? max, TimeSpan? idle, int count, bool async, CancellationToken cancellation)
    {
        var results = new List<T>();
        for (var stop = Now + RemainingOrDilated(max); results.Count < count;)
        {
            var wait = idle is { } pause ? Min(stop - Now, pause) : stop - Now;
            var envelope = await _inbox.PeekAsync(NotNegative(wait), async, cancellation).ConfigureAwait(false);
            if (envelope is NullMessageEnvelope || filter(envelope.Message) is not { } result) break;
            _inbox.TryTake(out _last);
            results.Add(result);
        }
        // It runs until nothing more comes, which is how it ends well.
        _lastWasSilence = true;
        return results;
    }

    private async ValueTask<List<T>> ReceiveWhileCore<T>(Predicate<T> wanted, TimeSpan? max, TimeSpan? idle, int count, bool skipOthers, bool async, CancellationToken cancellation)
    {
        var results = new List<T>();
        await ReceiveWhileCore<object>(Continue, max, idle, int.MaxValue, async, cancellation).ConfigureAwait(false);
        return results;

        object Continue(object message)
        {
            if (results.Count == count) return null;
            if (message is not T typed) return skipOthers ? message : null;
            if (!wanted(typed)) return null;
            results.Add(typed);
            return message;
        }
    }

    private async ValueTask<T> FishCore<T>(Predicate<T> wanted, ArrayList others, TimeSpan? max, string hint, bool async, CancellationToken cancellation)
    {
        var patience = RemainingOrDilated(max);
        var stop = Now + patience;
        while (true)
        {
            var envelope = await TakeWithin(stop, async, cancellation).ConfigureAwait(false);
            if (envelope is NullMessageEnvelope) _assertions.Fail($"Timeout ({patience}) during fishForMessage{(string.IsNullOrEmpty(hint) ? "" : ", hint: " + hint)}");
            if (envelope.Message is T message && wanted(message)) return message;
            others?.Add(envelope.Message);
        }
    }

    private async ValueTask<MessageEnvelope> TakeWithin(TimeSpan stop, bool async, CancellationToken cancellation) =>
        _last = await _inbox.TakeAsync(NotNegative(stop - Now), async, cancellation).ConfigureAwait(false);

    private TimeSpan Patience(TimeSpan? max) => max is { } given ? Dilated(given) : RemainingOrDefault;

    private static object Content(MessageEnvelope envelope) => envelope is NullMessageEnvelope ? null : envelope.Message;

    private static async IAsyncEnumerable<T> Each<T>(ValueTask<List<T>> collecting)
    {
        foreach (var item in await collecting.ConfigureAwait(false)) yield return item;
    }
}
