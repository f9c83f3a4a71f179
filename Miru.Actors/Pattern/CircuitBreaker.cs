using Akka.Actor;

namespace Akka.Pattern;

/// <summary>
/// Spares a failing neighbour calls that would fail, and the caller the wait for them. Closed, it counts failures in a row, and
/// calls that take too long; at the limit it opens and calls fail at once. After a while one call may try: if it succeeds the circuit closes,
/// if not it opens again, for longer if so asked.
/// </summary>
public class CircuitBreaker
{
    private readonly Lock _gate = new();
    private readonly CircuitListeners _listeners = new();
    private Circuit _circuit;
    private long _failures;
    private bool _trialTaken;
    private TimeSpan _openUntil;
    private TimeSpan _currentResetTimeout;
    private Exception _lastCaught;

    /// <param name="scheduler">Its clock counts the time until the trial.</param>
    /// <param name="maxFailures">So many failures in a row open the circuit.</param>
    /// <param name="callTimeout">A call that takes longer has failed.</param>
    /// <param name="resetTimeout">After this long open, one call may try.</param>
    public CircuitBreaker(IScheduler scheduler, int maxFailures, TimeSpan callTimeout, TimeSpan resetTimeout)
        : this(scheduler, maxFailures, callTimeout, resetTimeout, TimeSpan.FromDays(36500), 1.0) { }

    /// <summary>The same; each failed trial multiplies the time until the next, up to a most.</summary>
    public CircuitBreaker(
        IScheduler scheduler, int maxFailures, TimeSpan callTimeout, TimeSpan resetTimeout, TimeSpan maxResetTimeout, double exponentialBackoffFactor)
    {
        Scheduler = scheduler;
        MaxFailures = maxFailures;
        CallTimeout = callTimeout;
        ResetTimeout = _currentResetTimeout = resetTimeout;
        MaxResetTimeout = maxResetTimeout;
        ExponentialBackoffFactor = exponentialBackoffFactor;
    }

    /// <summary>Whose clock counts.</summary>
    public IScheduler Scheduler { get; }

    /// <summary>So many failures in a row open the circuit.</summary>
    public int MaxFailures { get; }

    /// <summary>A call that takes longer has failed.</summary>
    public TimeSpan CallTimeout { get; }

    /// <summary>After this long open, one call may try.</summary>
    public TimeSpan ResetTimeout { get; }

    /// <summary>No backoff makes the circuit stay open longer.</summary>
    public TimeSpan MaxResetTimeout { get; }

    /// <summary>Each failed trial multiplies the time until the next by this.</summary>
    public double ExponentialBackoffFactor { get; }

    /// <summary>Failures in a row so far.</summary>
    public long CurrentFailureCount => Volatile.Read(ref _failures);

    /// <summary>The last failure; null before the first.</summary>
    public Exception LastCaughtException => Volatile.Read(ref _lastCaught);

    /// <summary>All calls go through.</summary>
    public bool IsClosed => Is(Circuit.Closed);

    /// <summary>No call goes through.</summary>
    public bool IsOpen => Is(Circuit.Open);

    /// <summary>One call may try.</summary>
    public bool IsHalfOpen => Is(Circuit.HalfOpen);

    /// <summary>A breaker without backoff.</summary>
    public static CircuitBreaker Create(IScheduler scheduler, int maxFailures, TimeSpan callTimeout, TimeSpan resetTimeout) =>
        new(scheduler, maxFailures, callTimeout, resetTimeout);

    /// <summary>A breaker like this one that stays open twice as long after each failed trial, up to a most.</summary>
    public CircuitBreaker WithExponentialBackoff(TimeSpan maxResetTimeout) => new(Scheduler, MaxFailures, CallTimeout, ResetTimeout, maxResetTimeout, 2.0);

    /// <summary>Makes a call, or fails at once.</summary>
    /// <exception cref="OpenCircuitException">The circuit is open; thrown by the task.</exception>
    /// <exception cref="TimeoutException">The call took too long; thrown by the task.</exception>
    public Task<T> WithCircuitBreaker<T>(Func<Task<T>> body) => WithCircuitBreaker(body, static call => call());

    /// <summary>Makes a call with a state, which spares a closure.</summary>
    public async Task<T> WithCircuitBreaker<T, TState>(TState state, Func<TState, Task<T>> body)
    {
        Admit();
        try
        {
            var result = await body(state).WaitAsync(CallTimeout).ConfigureAwait(false);
            Succeed();
            return result;
        }
        catch (Exception failure)
        {
            Failed(failure);
            throw;
        }
    }

    /// <summary>Makes a call without a result.</summary>
    public Task WithCircuitBreaker(Func<Task> body) => WithCircuitBreaker(body, static call => call());

    /// <summary>Makes a call without a result, with a state.</summary>
    public Task WithCircuitBreaker<TState>(TState state, Func<TState, Task> body) =>
        WithCircuitBreaker<Done, (TState State, Func<TState, Task> Body)>((state, body), static async call =>
        {
            await call.Body(call.State).ConfigureAwait(false);
            return Done.Instance;
        });

    /// <summary>Makes a call that blocks; one that took too long has failed, but its result counts.</summary>
    public T WithSyncCircuitBreaker<T>(Func<T> body)
    {
        Admit();
        var begun = Scheduler.MonotonicClock;
        try
        {
            var result = body();
            if (Scheduler.MonotonicClock - begun > CallTimeout) Failed(new TimeoutException($"Execution did not complete within the time allotted {CallTimeout.TotalMilliseconds} ms"));
            else Succeed();
            return result;
        }
        catch (Exception failure)
        {
            Failed(failure);
            throw;
        }
    }

    /// <summary>Makes a call that blocks.</summary>
    public void WithSyncCircuitBreaker(Action body) => WithSyncCircuitBreaker(() =>
    {
        body();
        return Done.Instance;
    });

    /// <summary>Counts a success that happened elsewhere.</summary>
    public void Succeed()
    {
        lock (_gate)
        {
            _failures = 0;
            if (_circuit != Circuit.HalfOpen) return;
            _currentResetTimeout = ResetTimeout;
            _circuit = Circuit.Closed;
        }
        _listeners.Notify(Circuit.Closed);
    }

    /// <summary>Counts a failure that happened elsewhere.</summary>
    public void Fail() => Failed(new UserCalledFailException());

    /// <summary>Calls back when the circuit opens.</summary>
    public CircuitBreaker OnOpen(Action callback) => Listen(Circuit.Open, callback);

    /// <summary>Calls back when one call may try.</summary>
    public CircuitBreaker OnHalfOpen(Action callback) => Listen(Circuit.HalfOpen, callback);

    /// <summary>Calls back when the circuit closes.</summary>
    public CircuitBreaker OnClose(Action callback) => Listen(Circuit.Closed, callback);

    private CircuitBreaker Listen(Circuit circuit, Action callback)
    {
        _listeners.Add(circuit, callback);
        return this;
    }

    private bool Is(Circuit circuit)
    {
        lock (_gate) return _circuit == circuit;
    }

    /// <exception cref="OpenCircuitException">The call must not be made.</exception>
    private void Admit()
    {
        lock (_gate)
        {
            switch (_circuit)
            {
                case Circuit.Open:
                    var remaining = _openUntil - Scheduler.MonotonicClock;
                    throw new OpenCircuitException(
                        "Circuit Breaker is open; calls are failing fast", _lastCaught, remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero);
                case Circuit.HalfOpen when _trialTaken:
                    throw new OpenCircuitException("Circuit breaker is half open, only one call is allowed; this call is failing fast.", _lastCaught);
                default:
                    _trialTaken = true;
                    break;
            }
        }
    }

    private void Failed(Exception cause)
    {
        lock (_gate)
        {
            _lastCaught = cause;
            _failures++;
            if (_circuit == Circuit.Open || _circuit == Circuit.Closed && _failures < MaxFailures) return;
            if (_circuit == Circuit.HalfOpen) Backoff();
            _circuit = Circuit.Open;
            _openUntil = Scheduler.MonotonicClock + _currentResetTimeout;
            Scheduler.Advanced.ScheduleOnce(_currentResetTimeout, AllowTrial);
        }
        _listeners.Notify(Circuit.Open);
    }

    private void Backoff()
    {
        var next = _currentResetTimeout.Ticks * ExponentialBackoffFactor;
        _currentResetTimeout = next < MaxResetTimeout.Ticks ? TimeSpan.FromTicks((long)next) : MaxResetTimeout;
    }

    private void AllowTrial()
    {
        lock (_gate)
        {
            if (_circuit != Circuit.Open) return;
            _circuit = Circuit.HalfOpen;
            _trialTaken = false;
        }
        _listeners.Notify(Circuit.HalfOpen);
    }
}
