namespace Akka.TestKit;

// Expecting one of several messages, or several in any order.
public abstract partial class TestKitBase
{
    /// <summary>The next message, which must equal one of <paramref name="messages"/>.</summary>
    public T ExpectMsgAnyOf<T>(IEnumerable<T> messages, CancellationToken cancellationToken = default) => Done(AnyOfCore(messages, async: false, cancellationToken));

    /// <inheritdoc cref="ExpectMsgAnyOf" />
    public ValueTask<T> ExpectMsgAnyOfAsync<T>(IEnumerable<T> messages, CancellationToken cancellationToken = default) => AnyOfCore(messages, async: true, cancellationToken);

    /// <summary>As many messages as given, which must be these in any order.</summary>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(params T[] messages) => ExpectMsgAllOf((IReadOnlyCollection<T>)messages);

    /// <inheritdoc cref="ExpectMsgAllOf{T}(T[])" />
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        Done(AllOfCore(messages, RemainingOrDefault, async: false, cancellationToken));

    /// <inheritdoc cref="ExpectMsgAllOf{T}(T[])" />
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(TimeSpan max, params T[] messages) => ExpectMsgAllOf(max, (IReadOnlyCollection<T>)messages);

    /// <inheritdoc cref="ExpectMsgAllOf{T}(T[])" />
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(TimeSpan max, IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        Done(AllOfCore(messages, Dilated(max), async: false, cancellationToken));

    /// <inheritdoc cref="ExpectMsgAllOf{T}(T[])" />
    public IAsyncEnumerable<T> ExpectMsgAllOfAsync<T>(IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        Each(AllOfCore(messages, RemainingOrDefault, async: true, cancellationToken));

    /// <inheritdoc cref="ExpectMsgAllOf{T}(T[])" />
    public IAsyncEnumerable<T> ExpectMsgAllOfAsync<T>(TimeSpan max, IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        Each(AllOfCore(messages, Dilated(max), async: true, cancellationToken));

    private ValueTask<T> AnyOfCore<T>(IEnumerable<T> messages, bool async, CancellationToken cancellation)
    {
        var known = messages.ToList();
        return ExpectCore<T>((message, _) => _assertions.AssertTrue(known.Contains(message), $"Not found: {message} among {string.Join(", ", known)}"), null, null, async, cancellation);
    }

    private async ValueTask<List<T>> AllOfCore<T>(IReadOnlyCollection<T> expected, TimeSpan max, bool async, CancellationToken cancellation)
    {
        var received = await ReceiveNCore(expected.Count, max, async, cancellation).ConfigureAwait(false);
        var missing = expected.Where(message => !received.Any(other => Equals(message, other))).ToList();
        var unexpected = received.Where(message => !expected.Any(other => Equals(other, message))).ToList();
        _assertions.AssertTrue(missing.Count == 0, $"Failed: Not found: [{string.Join(", ", missing)}], found unexpected [{string.Join(", ", unexpected)}]");
        _assertions.AssertTrue(unexpected.Count == 0, $"Failed: Found unexpected [{string.Join(", ", unexpected)}]");
        return received.Cast<T>().ToList();
    }
}
