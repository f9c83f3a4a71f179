namespace Akka.Actor;

/// <summary>
/// Cancels what was scheduled with it. Entries of the system's own scheduler are taken out of the timer queue at once; the token
/// and its source come into being only when somebody asks for them.
/// </summary>
public class Cancelable : ICancelable, IDisposable
{
    private readonly IActionScheduler _scheduler;
    private readonly Lock _gate = new();
    private List<TimerQueueEntry> _entries;
    private CancellationTokenSource _source;
    private bool _cancelled;

    /// <summary>Cancels by itself after a delay.</summary>
    public Cancelable(IActionScheduler scheduler, TimeSpan delay) : this(scheduler) => CancelAfter(delay);

    /// <summary>Cancels by itself after a delay.</summary>
    public Cancelable(IScheduler scheduler, TimeSpan delay) : this(scheduler) => CancelAfter(delay);

    /// <summary>Cancels by itself after milliseconds.</summary>
    public Cancelable(IScheduler scheduler, int millisecondsDelay) : this(scheduler) => CancelAfter(millisecondsDelay);

    /// <summary>Uses the scheduler for delayed cancellation.</summary>
    public Cancelable(IScheduler scheduler) : this(scheduler.Advanced) { }

    /// <summary>Uses the scheduler for delayed cancellation.</summary>
    public Cancelable(IActionScheduler scheduler) => _scheduler = scheduler;

    /// <inheritdoc/>
    public bool IsCancellationRequested => Volatile.Read(ref _cancelled);

    /// <summary>True once disposed of.</summary>
    public bool IsDisposed { get; private set; }

    /// <inheritdoc/>
    public CancellationToken Token
    {
        get
        {
            lock (_gate)
            {
                if (_source is null)
                {
                    _source = new CancellationTokenSource();
                    if (_cancelled) _source.Cancel();
                }
                return _source.Token;
            }
        }
    }

    /// <summary>One that is cancelled already.</summary>
    public static ICancelable CreateCanceled()
    {
        var cancelable = new Cancelable((IActionScheduler)null);
        cancelable.Cancel();
        return cancelable;
    }

    /// <summary>One that is cancelled with any of the others.</summary>
    public static ICancelable CreateLinkedCancelable(IScheduler scheduler, params ICancelable[] cancelables) =>
        CreateLinkedCancelable(scheduler.Advanced, cancelables);

    /// <summary>One that is cancelled with any of the others.</summary>
    public static ICancelable CreateLinkedCancelable(IActionScheduler scheduler, params ICancelable[] cancelables) =>
        CreateLinkedCancelable(scheduler, cancelables.Select(cancelable => cancelable.Token).ToArray());

    /// <summary>One that is cancelled with any of the tokens.</summary>
    public static ICancelable CreateLinkedCancelable(IScheduler scheduler, params CancellationToken[] cancellationTokens) =>
        CreateLinkedCancelable(scheduler.Advanced, cancellationTokens);

    /// <summary>One that is cancelled with any of the tokens.</summary>
    public static ICancelable CreateLinkedCancelable(IActionScheduler scheduler, params CancellationToken[] cancellationTokens)
    {
        var linked = new Cancelable(scheduler);
        foreach (var token in cancellationTokens) token.Register(linked.Cancel);
        return linked;
    }

    /// <inheritdoc/>
    public void Cancel() => Cancel(throwOnFirstException: false);

    /// <inheritdoc/>
    public void Cancel(bool throwOnFirstException)
    {
        List<TimerQueueEntry> entries;
        CancellationTokenSource source;
        lock (_gate)
        {
            if (_cancelled) return;
            _cancelled = true;
            (entries, source) = (_entries, _source);
            _entries = null;
        }
        if (entries is not null)
            foreach (var entry in entries) entry.Remove();
        source?.Cancel(throwOnFirstException);
    }

    /// <inheritdoc/>
    public void CancelAfter(TimeSpan delay)
    {
        if (!IsCancellationRequested) _scheduler.ScheduleOnce(delay, Cancel, this);
    }

    /// <inheritdoc/>
    public void CancelAfter(int millisecondsDelay) => CancelAfter(TimeSpan.FromMilliseconds(millisecondsDelay));

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases the token's source.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (IsDisposed) return;
        IsDisposed = true;
        _source?.Dispose();
    }

    /// <summary>Has the entry removed when this is cancelled; false when it is already.</summary>
    internal bool TryAttach(TimerQueueEntry entry)
    {
        lock (_gate)
        {
            if (_cancelled) return false;
            (_entries ??= new List<TimerQueueEntry>(1)).Add(entry);
            return true;
        }
    }

    /// <summary>The entry has fired for the last time.</summary>
    internal void Detach(TimerQueueEntry entry)
    {
        lock (_gate) _entries?.Remove(entry);
    }
}
