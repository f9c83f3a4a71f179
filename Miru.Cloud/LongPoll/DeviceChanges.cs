namespace Miru.Cloud.LongPoll;

/// <summary>
/// Tells waiting requests that something changed for their device. Called after the commit, never before. One lock suffices: what happens under it is
/// a dictionary look-up and a queued continuation.
/// </summary>
internal sealed class DeviceChanges(TimeProvider time)
{
    /// <summary>A device has one agent with one open poll; more are left over from connections that died silently. The oldest makes room.</summary>
    public const int MaxWaitersPerDevice = 4;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<Waiter>> _waiters = [];
    private bool _stopping;

    public Waiter Subscribe(string deviceId)
    {
        var waiter = new Waiter(this, deviceId, time);
        lock (_lock)
        {
            if (_stopping)
            {
                waiter.Wake(WakeReason.Stopping);
                return waiter;
            }

            if (!_waiters.TryGetValue(deviceId, out var ofDevice))
            {
                _waiters.Add(deviceId, ofDevice = new List<Waiter>(1));
            }

            if (ofDevice.Count == MaxWaitersPerDevice)
            {
                ofDevice[0].Wake(WakeReason.Displaced);
                ofDevice.RemoveAt(0);
            }

            ofDevice.Add(waiter);
        }

        return waiter;
    }

    public void Publish(IEnumerable<string> deviceIds)
    {
        lock (_lock)
        {
            foreach (var deviceId in deviceIds)
            {
                if (_waiters.Remove(deviceId, out var woken))
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

    /// <summary>Whether the device has a request open right now, which is as good as having been seen this moment.</summary>
    public bool IsWaiting(string deviceId)
    {
        lock (_lock)
        {
            return _waiters.ContainsKey(deviceId);
        }
    }

    public void Remove(Waiter waiter)
    {
        lock (_lock)
        {
            if (_waiters.TryGetValue(waiter.DeviceId, out var ofDevice) && ofDevice.Remove(waiter) && ofDevice.Count == 0)
            {
                _waiters.Remove(waiter.DeviceId);
            }
        }
    }
}
