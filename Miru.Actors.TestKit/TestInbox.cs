using System.Collections.Concurrent;

namespace Akka.TestKit;

/// <summary>
/// Messages that wait for the test. Every wait comes in one form for both kinds of caller: with <c>async: false</c> it blocks
/// the calling thread and the returned task is complete, so that a synchronous expectation never leaves the thread of its test.
/// </summary>
internal sealed class TestInbox
{
    private readonly ConcurrentQueue<MessageEnvelope> _messages = new();
    private readonly SemaphoreSlim _available = new(0);

    public bool HasMessages => !_messages.IsEmpty;

    public void Add(MessageEnvelope envelope)
    {
        _messages.Enqueue(envelope);
        _available.Release();
    }

    public bool TryTake(out MessageEnvelope envelope)
    {
        envelope = NullMessageEnvelope.Instance;
        return _available.Wait(0) && _messages.TryDequeue(out envelope);
    }

    /// <summary>The next message, removed; <see cref="NullMessageEnvelope"/> if none arrives within <paramref name="max"/>, which may be infinite.</summary>
    public async ValueTask<MessageEnvelope> TakeAsync(TimeSpan max, bool async, CancellationToken cancellation) =>
        await WaitAsync(max, async, cancellation).ConfigureAwait(false) && _messages.TryDequeue(out var envelope) ? envelope : NullMessageEnvelope.Instance;

    /// <summary>The next message, left where it is.</summary>
    public async ValueTask<MessageEnvelope> PeekAsync(TimeSpan max, bool async, CancellationToken cancellation)
    {
        if (!await WaitAsync(max, async, cancellation).ConfigureAwait(false)) return NullMessageEnvelope.Instance;
        _available.Release();
        return _messages.TryPeek(out var envelope) ? envelope : NullMessageEnvelope.Instance;
    }

    private async ValueTask<bool> WaitAsync(TimeSpan max, bool async, CancellationToken cancellation)
    {
        var bound = max < TimeSpan.Zero && max != Timeout.InfiniteTimeSpan ? TimeSpan.Zero : max;
        return async ? await _available.WaitAsync(bound, cancellation).ConfigureAwait(false) : _available.Wait(bound, cancellation);
    }
}
