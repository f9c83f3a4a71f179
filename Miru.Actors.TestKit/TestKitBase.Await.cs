namespace Akka.TestKit;

// Waiting until something holds, by looking again and again.
public abstract partial class TestKitBase
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Repeats <paramref name="assertion"/> until it does not throw; fails with its last exception.</summary>
    public void AwaitAssert(Action assertion, TimeSpan? duration = null, TimeSpan? interval = null, CancellationToken cancellationToken = default) =>
        Done(AwaitAssertCore(() => { assertion(); return Task.CompletedTask; }, duration, interval, async: false, cancellationToken));

    /// <inheritdoc cref="AwaitAssert" />
    public Task AwaitAssertAsync(Action assertion, TimeSpan? duration = null, TimeSpan? interval = null, CancellationToken cancellationToken = default) =>
        AwaitAssertCore(() => { assertion(); return Task.CompletedTask; }, duration, interval, async: true, cancellationToken).AsTask();

    /// <inheritdoc cref="AwaitAssert" />
    public Task AwaitAssertAsync(Func<Task> assertion, TimeSpan? duration = null, TimeSpan? interval = null, CancellationToken cancellationToken = default) =>
        AwaitAssertCore(assertion, duration, interval, async: true, cancellationToken).AsTask();

    /// <summary>Looks until the condition holds; fails after the default time.</summary>
    public void AwaitCondition(Func<bool> conditionIsFulfilled, CancellationToken cancellationToken = default) =>
        AwaitCondition(conditionIsFulfilled, null, null, null, cancellationToken);

    /// <summary>Looks until the condition holds; fails after <paramref name="max"/>.</summary>
    public void AwaitCondition(Func<bool> conditionIsFulfilled, TimeSpan? max, CancellationToken cancellationToken = default) =>
        AwaitCondition(conditionIsFulfilled, max, null, null, cancellationToken);

    /// <summary>Looks until the condition holds; fails after <paramref name="max"/>, with <paramref name="message"/>.</summary>
    public void AwaitCondition(Func<bool> conditionIsFulfilled, TimeSpan? max, string message, CancellationToken cancellationToken = default) =>
        AwaitCondition(conditionIsFulfilled, max, null, message, cancellationToken);

    /// <summary>Looks every <paramref name="interval"/> until the condition holds; fails after <paramref name="max"/>.</summary>
    public void AwaitCondition(Func<bool> conditionIsFulfilled, TimeSpan? max, TimeSpan? interval, string message = null, CancellationToken cancellationToken = default) =>
        Done(AwaitConditionCore(() => Task.FromResult(conditionIsFulfilled()), RemainingOrDilated(max), interval, Complain(message), async: false, cancellationToken));

    /// <summary>Looks until the condition holds; false if it does not within <paramref name="max"/>.</summary>
    public bool AwaitConditionNoThrow(Func<bool> conditionIsFulfilled, TimeSpan max, TimeSpan? interval = null, CancellationToken cancellationToken = default) =>
        Done(AwaitConditionCore(() => Task.FromResult(conditionIsFulfilled()), Dilated(max), interval, null, async: false, cancellationToken));

    /// <inheritdoc cref="AwaitCondition(Func{bool}, CancellationToken)" />
    public Task AwaitConditionAsync(Func<bool> conditionIsFulfilled, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(conditionIsFulfilled, null, null, null, cancellationToken);

    /// <inheritdoc cref="AwaitCondition(Func{bool}, TimeSpan?, string, CancellationToken)" />
    public Task AwaitConditionAsync(Func<bool> conditionIsFulfilled, TimeSpan? max, string message, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(conditionIsFulfilled, max, null, message, cancellationToken);

    /// <inheritdoc cref="AwaitCondition(Func{bool}, TimeSpan?, TimeSpan?, string, CancellationToken)" />
    public Task AwaitConditionAsync(Func<bool> conditionIsFulfilled, TimeSpan? max, TimeSpan? interval, string message = null, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(() => Task.FromResult(conditionIsFulfilled()), max, interval, message, cancellationToken);

    /// <inheritdoc cref="AwaitCondition(Func{bool}, CancellationToken)" />
    public Task AwaitConditionAsync(Func<Task<bool>> conditionIsFulfilled, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(conditionIsFulfilled, null, null, null, cancellationToken);

    /// <inheritdoc cref="AwaitCondition(Func{bool}, TimeSpan?, CancellationToken)" />
    public Task AwaitConditionAsync(Func<Task<bool>> conditionIsFulfilled, TimeSpan? max, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(conditionIsFulfilled, max, null, null, cancellationToken);

    /// <inheritdoc cref="AwaitCondition(Func{bool}, TimeSpan?, string, CancellationToken)" />
    public Task AwaitConditionAsync(Func<Task<bool>> conditionIsFulfilled, TimeSpan? max, string message, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(conditionIsFulfilled, max, null, message, cancellationToken);

    /// <inheritdoc cref="AwaitCondition(Func{bool}, TimeSpan?, TimeSpan?, string, CancellationToken)" />
    public Task AwaitConditionAsync(Func<Task<bool>> conditionIsFulfilled, TimeSpan? max, TimeSpan? interval, string message = null, CancellationToken cancellationToken = default) =>
        AwaitConditionCore(conditionIsFulfilled, RemainingOrDilated(max), interval, Complain(message), async: true, cancellationToken).AsTask();

    /// <inheritdoc cref="AwaitConditionNoThrow" />
    public Task<bool> AwaitConditionNoThrowAsync(Func<bool> conditionIsFulfilled, TimeSpan max, TimeSpan? interval = null, CancellationToken cancellationToken = default) =>
        AwaitConditionCore(() => Task.FromResult(conditionIsFulfilled()), Dilated(max), interval, null, async: true, cancellationToken).AsTask();

    private async ValueTask<bool> AwaitAssertCore(Func<Task> assertion, TimeSpan? duration, TimeSpan? interval, bool async, CancellationToken cancellation)
    {
        for (var stop = Now + RemainingOrDilated(duration); ;)
        {
            try
            {
                await assertion().ConfigureAwait(false);
                return true;
            }
            catch (Exception) when (Now < stop)
            {
                // Not yet. The last look is at the very end, and its exception is the test's.
            }
            await PauseAsync(Min(interval ?? PollInterval, NotNegative(stop - Now)), async, cancellation).ConfigureAwait(false);
        }
    }

    private static async ValueTask<bool> AwaitConditionCore(Func<Task<bool>> condition, TimeSpan max, TimeSpan? interval, Action<TimeSpan> fail, bool async, CancellationToken cancellation)
    {
        for (var stop = Now + max; !await condition().ConfigureAwait(false);)
        {
            if (Now >= stop)
            {
                fail?.Invoke(max);
                return false;
            }
            await PauseAsync(Min(interval ?? PollInterval, NotNegative(stop - Now)), async, cancellation).ConfigureAwait(false);
        }
        return true;
    }

    private Action<TimeSpan> Complain(string message) => max => _assertions.Fail($"Timeout {max} expired while waiting for condition. {message}");

    private static async ValueTask PauseAsync(TimeSpan duration, bool async, CancellationToken cancellation)
    {
        if (async) await Task.Delay(duration, cancellation).ConfigureAwait(false);
        else if (cancellation.WaitHandle.WaitOne(duration)) cancellation.ThrowIfCancellationRequested();
    }
}
