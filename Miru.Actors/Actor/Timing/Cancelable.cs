namespace Akka.Actor;

/// <summary>
/// Cancels what was scheduled with it. Entries of the system's own scheduler are taken out of the timer queue at once; the token
/// and its source come into being only when somebody asks for them.
/// </summary>
public class Cancelable : ICancelable, IDisposable
{
    private readonly IActionScheduler _scheduler;
    private TimerQueueEntry _entry;
    private List<TimerQueueEntry> _moreEntries;
    private CancellationTokenSource _source;
    private int _cancelled;

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
    public bool IsCancellationRequested => Volatile.Read(ref _cancelled) != 0;

    /// <summary>True once disposed of.</summary>
    public bool IsDisposed { get; private set; }

    /// <inheritdoc/>
    public CancellationToken Token
    {
        get
        {
            var source = Volatile.Read(ref _source);
            if (source is null)
            {
                var fresh = new CancellationTokenSource();
                source = Interlocked.CompareExchange(ref _source, fresh, null) ?? fresh;
                // Cancelled before the source was there to see: the same order as for entries.
                if (IsCancellationRequested) source.Cancel();
            }
            return source.Token;
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
        if (Interlocked.Exchange(ref _cancelled, 1) != 0) return;
        Interlocked.Exchange(ref _entry, null)?.Remove();
        if (Volatile.Read(ref _moreEntries) is { } more)
        {
            lock (more)
            {
                foreach (var entry in more) entry.Remove();
                more.Clear();
            }
        }
        Volatile.Read(ref _source)?.Cancel(throwOnFirstException);
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

    /// <summary>
    /// Has the entry removed when this is cancelled; false when it is already. The entry is noted before the look at the state, and a
    /// cancellation sets the state before it looks for entries: one of the two sees the other.
    /// </summary>
    internal bool TryAttach(TimerQueueEntry entry)
    {
        if (Interlocked.CompareExchange(ref _entry, entry, null) is not null)
        {
            var more = Volatile.Read(ref _moreEntries);
            if (more is null)
            {
                var fresh = new List<TimerQueueEntry>();
                more = Interlocked.CompareExchange(ref _moreEntries, fresh, null) ?? fresh;
            }
            lock (more) more.Add(entry);
            Interlocked.MemoryBarrier();
        }
        return !IsCancellationRequested;
    }

    /// <summary>The entry has fired for the last time.</summary>
    internal void Detach(TimerQueueEntry entry)
    {
        if (ReferenceEquals(Interlocked.CompareExchange(ref _entry, null, entry), entry)) return;
        if (Volatile.Read(ref _moreEntries) is not { } more) return;
        lock (more) more.Remove(entry);
    }
}
