namespace Miru.Sdk.Transport;

/// <summary>The session's timer on the background thread, which waits for the socket anyway. It knows no period.</summary>
internal sealed class SessionTimer(Readiness readiness) : ITimer
{
    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(period, Timeout.InfiniteTimeSpan);
        try
        {
            readiness.WakeSessionIn(dueTime);
            return true;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    public void Dispose() => Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
