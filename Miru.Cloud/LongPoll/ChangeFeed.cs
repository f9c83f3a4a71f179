namespace Miru.Cloud.LongPoll;

/// <summary>
/// Tells waiting requests that something changed for what they wait for: a device's deployments, or one deployment's reports. Called after the commit, never before. One lock suffices: what happens under it is
/// a dictionary look-up and a queued continuation.
/// </summary>
internal sealed class ChangeFeed(TimeProvider time)
{
    /// <summary>A device has one agent with one open poll, and few people watch one deployment; more are left over from connections that died silently. The oldest makes room.</summary>
    public const int MaxWaitersEach = 4;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<Waiter>> _waiters = [];
    private bool _stopping;

    public Waiter Subscribe(string subject)
    {
        var waiter = new Waiter(this, subject, time);
        lock (_lock)
        {
            if (_stopping)
            {
                waiter.Wake(WakeReason.Stopping);
                return waiter;
            }

            if (!_waiters.TryGetValue(subject, out var waiting))
            {
                _waiters.Add(subject, waiting = new List<Waiter>(1));
            }

            if (waiting.Count == MaxWaitersEach)
            {
                waiting[0].Wake(WakeReason.Displaced);
                waiting.RemoveAt(0);
            }

            waiting.Add(waiter);
        }

        return waiter;
    }

    public void Publish(IEnumerable<string> subjects)
    {
        lock (_lock)
        {
            foreach (var subject in subjects)
            {
                if (_waiters.Remove(subject, out var woken))
                {
                    woken.ForEach(waiter => waiter.Wake(WakeReason.Changed));
                }
            }
        }
    }

    /// <summary>Ends every wait, present and future.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            _stopping = true;
            foreach (var waiter in _waiters.Values.SelectMany(w => w))
            {
                waiter.Wake(WakeReason.Stopping);
            }

            _waiters.Clear();
        }
    }

    /// <summary>Whether a request is open right now; for a device that is as good as having been seen this moment.</summary>
    public bool IsWaiting(string subject)
    {
        lock (_lock)
        {
            return _waiters.ContainsKey(subject);
        }
    }

    public void Remove(Waiter waiter)
    {
        lock (_lock)
        {
            if (_waiters.TryGetValue(waiter.Subject, out var waiting) && waiting.Remove(waiter) && waiting.Count == 0)
            {
                _waiters.Remove(waiter.Subject);
            }
        }
    }
}
