using System.Diagnostics;

namespace Akka.TestKit;

// Bounding time: within, remaining, dilated.
public abstract partial class TestKitBase
{
    private static readonly long Start = Stopwatch.GetTimestamp();

    /// <summary>When the innermost <c>Within</c> must be over; null outside of any.</summary>
    private TimeSpan? _deadline;

    /// <summary>Whether the last expectation was one of silence, which uses up all its time and is no delay.</summary>
    private bool _lastWasSilence;

    /// <summary>Real time since the process loaded the test kit.</summary>
    public static TimeSpan Now => Stopwatch.GetElapsedTime(Start);

    /// <summary>What is left of the innermost <c>Within</c>.</summary>
    /// <exception cref="InvalidOperationException">Outside of <c>Within</c>.</exception>
    public TimeSpan Remaining => _deadline is { } end ? NotNegative(end - Now) : throw new InvalidOperationException("Remaining may not be called outside of \"within\"");

    /// <summary>What is left of the innermost <c>Within</c>; outside, how long a single expectation waits.</summary>
    public TimeSpan RemainingOrDefault => RemainingOr(Dilated(TestKitSettings.SingleExpectDefault));

    /// <summary><paramref name="duration"/> stretched by <c>akka.test.timefactor</c>.</summary>
    public TimeSpan Dilated(TimeSpan duration) =>
        duration == Timeout.InfiniteTimeSpan ? duration : TimeSpan.FromTicks((long)(duration.Ticks * TestKitSettings.TestTimeFactor));

    /// <summary>What is left of the innermost <c>Within</c>; outside, <paramref name="duration"/>.</summary>
    protected TimeSpan RemainingOr(TimeSpan duration) => _deadline is null ? duration : Remaining;

    /// <summary><paramref name="duration"/> stretched; if it is null, <see cref="RemainingOrDefault"/>.</summary>
    /// <exception cref="ArgumentException">The duration is infinite.</exception>
    public TimeSpan RemainingOrDilated(TimeSpan? duration)
    {
        if (duration is not { } given) return RemainingOrDefault;
        if (given == Timeout.InfiniteTimeSpan) throw new ArgumentException("max duration cannot be infinite", nameof(duration));
        return Dilated(given);
    }

    /// <summary>The same as <see cref="RemainingOrDilated"/>.</summary>
    public TimeSpan GetTimeoutOrDefault(TimeSpan? timeout) => RemainingOrDilated(timeout);

    /// <summary>Fails unless <paramref name="action"/> takes at most <paramref name="max"/>; expectations inside it wait no longer than what is left.</summary>
    public void Within(TimeSpan max, Action action, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(TimeSpan.Zero, max, action, null, epsilonValue, cancellationToken);

    /// <summary>Fails unless <paramref name="action"/> takes between <paramref name="min"/> and <paramref name="max"/>.</summary>
    public void Within(TimeSpan min, TimeSpan max, Action action, string hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within<object>(min, max, () => { action(); return null; }, hint, epsilonValue, cancellationToken);

    /// <summary>Fails unless <paramref name="function"/> takes at most <paramref name="max"/>.</summary>
    public T Within<T>(TimeSpan max, Func<T> function, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(TimeSpan.Zero, max, function, null, epsilonValue, cancellationToken);

    /// <summary>Fails unless <paramref name="function"/> takes between <paramref name="min"/> and <paramref name="max"/>.</summary>
    public T Within<T>(TimeSpan min, TimeSpan max, Func<T> function, string hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Done(WithinCore(min, max, () => Task.FromResult(function()), hint, epsilonValue, cancellationToken));

    /// <summary>Fails unless <paramref name="actionAsync"/> takes at most <paramref name="max"/>.</summary>
    public Task WithinAsync(TimeSpan max, Func<Task> actionAsync, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        WithinAsync(TimeSpan.Zero, max, actionAsync, null, epsilonValue, cancellationToken);

    /// <summary>Fails unless <paramref name="actionAsync"/> takes between <paramref name="min"/> and <paramref name="max"/>.</summary>
    public Task WithinAsync(TimeSpan min, TimeSpan max, Func<Task> actionAsync, string hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        WithinCore<object>(min, max, async () => { await actionAsync().ConfigureAwait(false); return null; }, hint, epsilonValue, cancellationToken).AsTask();

    /// <summary>Fails unless <paramref name="function"/> takes at most <paramref name="max"/>.</summary>
    public Task<T> WithinAsync<T>(TimeSpan max, Func<Task<T>> function, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        WithinAsync(TimeSpan.Zero, max, function, null, epsilonValue, cancellationToken);

    /// <summary>Fails unless <paramref name="function"/> takes between <paramref name="min"/> and <paramref name="max"/>.</summary>
    public Task<T> WithinAsync<T>(TimeSpan min, TimeSpan max, Func<Task<T>> function, string hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        WithinCore(min, max, function, hint, epsilonValue, cancellationToken).AsTask();

    private async ValueTask<T> WithinCore<T>(TimeSpan min, TimeSpan max, Func<Task<T>> function, string hint, TimeSpan? epsilon, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        (min, max) = (Dilated(min), Dilated(max));
        var start = Now;
        var outer = _deadline;
        var left = outer is { } end ? end - start : TimeSpan.MaxValue;
        _assertions.AssertTrue(left >= min, $"Required min time {min} not possible, only {left} left. {hint}");

        _lastWasSilence = false;
        var bound = Min(max, left);
        _deadline = start + bound;
        T result;
        try
        {
            result = await function().ConfigureAwait(false);
        }
        finally
        {
            _deadline = outer;
        }

        var elapsed = Now - start;
        if (elapsed < min) _assertions.Fail($"Failed: Block took {elapsed}, should have at least been {min}. {hint}");
        if (!_lastWasSilence && elapsed - (epsilon ?? TimeSpan.Zero) > bound) _assertions.Fail($"Failed: Block took {elapsed}, exceeding {bound}. {hint}");
        return result;
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static TimeSpan NotNegative(TimeSpan duration) => duration < TimeSpan.Zero ? TimeSpan.Zero : duration;

    /// <summary>The result of a wait that blocked, and so is complete.</summary>
    private static T Done<T>(ValueTask<T> wait) => wait.GetAwaiter().GetResult();
}
