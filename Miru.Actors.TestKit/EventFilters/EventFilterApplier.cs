using Akka.Actor;

namespace Akka.TestKit;

/// <summary>Expects and mutes by telling the system's test logger; waits for events that come late.</summary>
internal sealed class EventFilterApplier(TestKitBase testkit, ActorSystem system, IReadOnlyCollection<EventFilter> filters, ITestKitAssertions assertions) : IEventFilterApplier
{
    public EventFilterFactory And => new(testkit, system, filters);

    public void ExpectOne(Action action, CancellationToken cancellationToken = default) => Expect(1, action, cancellationToken);

    public void ExpectOne(TimeSpan timeout, Action action, CancellationToken cancellationToken = default) => Expect(1, timeout, action, cancellationToken);

    public T ExpectOne<T>(Func<T> func, CancellationToken cancellationToken = default) => Expect(1, func, cancellationToken);

    public T ExpectOne<T>(TimeSpan timeout, Func<T> func, CancellationToken cancellationToken = default) => Expect(1, timeout, func, cancellationToken);

    public Task ExpectOneAsync(Action action, CancellationToken cancellationToken = default) => ExpectCore(1, null, Lift(action), async: true, cancellationToken).AsTask();

    public Task ExpectOneAsync(Func<Task> actionAsync, CancellationToken cancellationToken = default) => ExpectAsync(1, actionAsync, cancellationToken);

    public Task ExpectOneAsync(TimeSpan timeout, Func<Task> action, CancellationToken cancellationToken = default) => ExpectAsync(1, timeout, action, cancellationToken);

    public Task<T> ExpectOneAsync<T>(Func<Task<T>> func, CancellationToken cancellationToken = default) => ExpectAsync(1, func, cancellationToken);

    public Task<T> ExpectOneAsync<T>(TimeSpan timeout, Func<Task<T>> func, CancellationToken cancellationToken = default) => ExpectAsync(1, timeout, func, cancellationToken);

    public void Expect(int expectedCount, Action action, CancellationToken cancellationToken = default) =>
        Done(ExpectCore(expectedCount, null, Lift(action), async: false, cancellationToken));

    public void Expect(int expectedCount, TimeSpan timeout, Action action, CancellationToken cancellationToken = default) =>
        Done(ExpectCore(expectedCount, timeout, Lift(action), async: false, cancellationToken));

    public T Expect<T>(int expectedCount, Func<T> func, CancellationToken cancellationToken = default) =>
        Done(ExpectCore(expectedCount, null, () => Task.FromResult(func()), async: false, cancellationToken));

    public T Expect<T>(int expectedCount, TimeSpan timeout, Func<T> func, CancellationToken cancellationToken = default) =>
        Done(ExpectCore(expectedCount, timeout, () => Task.FromResult(func()), async: false, cancellationToken));

    public Task ExpectAsync(int expectedCount, Func<Task> actionAsync, CancellationToken cancellationToken = default) =>
        ExpectAsync(expectedCount, actionAsync, null, cancellationToken);

    public Task ExpectAsync(int expectedCount, Func<Task> actionAsync, TimeSpan? timeout, CancellationToken cancellationToken = default) =>
        ExpectCore(expectedCount, timeout, Lift(actionAsync), async: true, cancellationToken).AsTask();

    public Task ExpectAsync(int expectedCount, TimeSpan timeout, Action action, CancellationToken cancellationToken = default) =>
        ExpectCore(expectedCount, timeout, Lift(action), async: true, cancellationToken).AsTask();

    public Task ExpectAsync(int expectedCount, TimeSpan timeout, Func<Task> action, CancellationToken cancellationToken = default) =>
        ExpectAsync(expectedCount, action, timeout, cancellationToken);

    public Task<T> ExpectAsync<T>(int expectedCount, Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        ExpectCore(expectedCount, null, func, async: true, cancellationToken).AsTask();

    public Task<T> ExpectAsync<T>(int expectedCount, TimeSpan timeout, Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        ExpectCore(expectedCount, timeout, func, async: true, cancellationToken).AsTask();

    public void Mute(Action action, CancellationToken cancellationToken = default) => Mute<object>(() => { action(); return null; }, cancellationToken);

    public T Mute<T>(Func<T> func, CancellationToken cancellationToken = default)
    {
        using var muted = new Muted(system, filters);
        return func();
    }

    public Task MuteAsync(Action action, CancellationToken cancellationToken = default) => MuteAsync(Lift(action), cancellationToken);

    public Task MuteAsync(Func<Task> action, CancellationToken cancellationToken = default) => MuteAsync(Lift(action), cancellationToken);

    public async Task<T> MuteAsync<T>(Func<Task<T>> func, CancellationToken cancellationToken = default)
    {
        using var muted = new Muted(system, filters);
        return await func().ConfigureAwait(false);
    }

    public IUnmutableFilter Mute() => new Muted(system, filters);

    private async ValueTask<T> ExpectCore<T>(int expected, TimeSpan? timeout, Func<Task<T>> function, bool async, CancellationToken cancellation)
    {
        // Counts of its own: the same filter may be in force somewhere else at the same time.
        var own = filters.Select(filter => filter.Fresh()).ToList();
        using var muted = new Muted(system, own);
        var result = await function().ConfigureAwait(false);

        var patience = testkit.Dilated(timeout ?? testkit.TestKitSettings.TestEventFilterLeeway);
        if (expected > 0)
        {
            if (async) await testkit.AwaitConditionNoThrowAsync(() => Count(own) >= expected, patience, PollInterval, cancellation).ConfigureAwait(false);
            else testkit.AwaitConditionNoThrow(() => Count(own) >= expected, patience, PollInterval, cancellation);
        }
        var met = Count(own);
        if (met != expected) assertions.Fail($"Received {met} {(met == 1 ? "message" : "messages")} while expecting {expected} within {patience}.");
        return result;
    }

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(10);

    private static int Count(List<EventFilter> own) => own.Sum(filter => filter.Met);

    private static T Done<T>(ValueTask<T> wait) => wait.GetAwaiter().GetResult();

    private static Func<Task<object>> Lift(Action action) => () =>
    {
        action();
        return Task.FromResult<object>(null);
    };

    private static Func<Task<object>> Lift(Func<Task> action) => async () =>
    {
        await action().ConfigureAwait(false);
        return null;
    };

    /// <summary>Filters in force until disposed of. The logger sees the command in its mailbox before any event that is logged later.</summary>
    private sealed class Muted : IUnmutableFilter
    {
        private readonly ActorSystem _system;
        private readonly IReadOnlyCollection<EventFilter> _filters;
        private bool _over;

        public Muted(ActorSystem system, IReadOnlyCollection<EventFilter> filters)
        {
            (_system, _filters) = (system, filters);
            system.EventStream.Publish(new MuteEvents(filters));
        }

        public void Unmute()
        {
            if (_over) return;
            _over = true;
            _system.EventStream.Publish(new UnmuteEvents(_filters));
        }

        public void Dispose() => Unmute();
    }
}
