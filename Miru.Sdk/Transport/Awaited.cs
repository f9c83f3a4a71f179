namespace Miru.Sdk.Transport;

/// <summary>What a thread blocks for: to be done, or to be given the turn to read.</summary>
internal abstract class Awaited
{
    private bool _done;
    private bool _promoted;

    /// <summary>Written by whoever reads, which may be the waiting thread itself.</summary>
    public bool IsDone => Volatile.Read(ref _done);

    public void Promote()
    {
        lock (this)
        {
            _promoted = true;
            Monitor.Pulse(this);
        }
    }

    /// <summary>Blocks until done or promoted, but not longer than this.</summary>
    public void Park(TimeSpan slice)
    {
        lock (this)
        {
            if (!_done && !_promoted)
            {
                Monitor.Wait(this, slice);
            }
        }
    }

    public bool IsPromoted
    {
        get
        {
            lock (this)
            {
                return _promoted;
            }
        }
    }

    protected void Done()
    {
        lock (this)
        {
            _done = true;
            Monitor.Pulse(this);
        }
    }

    protected void Reset() => _done = _promoted = false;
}
