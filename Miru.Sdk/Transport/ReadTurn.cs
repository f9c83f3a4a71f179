namespace Miru.Sdk.Transport;

/// <summary>
/// Who reads the socket: one thread at a time. A caller that waits for an answer takes the turn and reads for everybody
/// (the leader); others park until their answer came or the turn is passed on to them. While nobody leads the background
/// thread is woken by the socket; while somebody leads it is not, so that an answer wakes one thread. Whoever leaves
/// passes on, or watches: what arrives is always somebody's to read.
/// </summary>
/// <param name="watch">
/// Changes what wakes the background thread: true for received bytes. Called inside the turn's lock; must not wait.
/// </param>
/// <param name="wakeLater">Has the background thread call <see cref="Elapsed"/> in a while. As <paramref name="watch"/>.</param>
internal sealed class ReadTurn(Action<bool> watch, Action wakeLater)
{
    private readonly object _gate = new();
    private readonly List<Awaited> _parked = [];
    private bool _taken;
    private bool _watching;
    private bool _wakesLater;
    private bool _closed;

    /// <summary>Takes the turn if it is free.</summary>
    public bool TryTake()
    {
        lock (_gate)
        {
            return Take();
        }
    }

    /// <summary>Takes the turn if it is free; parks otherwise, until the turn is given or <see cref="TryUnpark"/>.</summary>
    public bool TakeOrPark(Awaited waiter)
    {
        lock (_gate)
        {
            var taken = Take();
            if (!taken)
            {
                _parked.Add(waiter);
            }

            return taken;
        }
    }

    /// <summary>A parked waiter leaves without the turn.</summary>
    /// <returns>False if it has been given the turn, which it then has to leave.</returns>
    public bool TryUnpark(Awaited waiter)
    {
        lock (_gate)
        {
            return _parked.Remove(waiter);
        }
    }

    /// <summary>The background thread was woken by the socket: that used up the watch.</summary>
    public bool TryTakeWoken()
    {
        lock (_gate)
        {
            _watching = false;
            return Take();
        }
    }

    /// <summary>Gives the turn to a parked waiter, or back to the background thread.</summary>
    /// <param name="lingers">
    /// True if the next leader is expected at once: then the socket is watched only after a while, and a tight loop of
    /// requests pays for none of this.
    /// </param>
    /// <param name="receiver">Knows whether somebody waits without reading: then nobody may linger.</param>
    public void Leave(bool lingers, IReceiver receiver)
    {
        lock (_gate)
        {
            if (_closed)
            {
                _taken = false;
                Monitor.PulseAll(_gate);
                return;
            }

            if (_parked.Count > 0)
            {
                var next = _parked[0];
                _parked.RemoveAt(0);
                next.Promote();
                return;
            }

            _taken = false;
            if (!lingers || receiver.IsAwaited)
            {
                Watch(true);
            }
            else if (!_wakesLater)
            {
                _wakesLater = true;
                wakeLater();
            }
        }
    }

    /// <summary>Somebody waits for an answer without reading: the background thread must.</summary>
    public void Attend()
    {
        lock (_gate)
        {
            if (!_taken && !_watching)
            {
                Watch(true);
            }
        }
    }

    /// <summary>The while that <c>wakeLater</c> asked for is over.</summary>
    public void Elapsed()
    {
        lock (_gate)
        {
            _wakesLater = false;
            if (!_taken && !_watching)
            {
                Watch(true);
            }
        }
    }

    /// <summary>Something else that is watched for has changed.</summary>
    public void Renew()
    {
        lock (_gate)
        {
            Watch(_watching);
        }
    }

    /// <summary>Wakes the background thread. From then on nobody takes the turn, and the socket is left alone.</summary>
    public void Close()
    {
        lock (_gate)
        {
            Watch(true);
            _closed = true;
        }
    }

    /// <summary>Blocks until the last reader has left, after <see cref="Close"/> and once it cannot block in a read.</summary>
    public void AwaitLast()
    {
        lock (_gate)
        {
            while (_taken)
            {
                Monitor.Wait(_gate);
            }
        }
    }

    private bool Take()
    {
        if (_taken || _closed)
        {
            return false;
        }

        _taken = true;
        if (_watching)
        {
            Watch(false);
        }

        return true;
    }

    private void Watch(bool forBytes)
    {
        if (!_closed)
        {
            _watching = forBytes;
            watch(forBytes);
        }
    }
}
