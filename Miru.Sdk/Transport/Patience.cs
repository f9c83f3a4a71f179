namespace Miru.Sdk.Transport;

/// <summary>How long one call may take: until its deadline or until it is cancelled.</summary>
internal readonly struct Patience(TimeProvider time, TimeSpan limit, CancellationToken cancellation)
{
    /// <summary>When the call began, in the clock's own ticks.</summary>
    public long Start { get; } = time.GetTimestamp();

    public bool IsOver => cancellation.IsCancellationRequested || Remaining <= TimeSpan.Zero;

    public TimeSpan Remaining => limit - time.GetElapsedTime(Start);

    public TimeSpan Since(long earlier) => time.GetElapsedTime(earlier, Start);
}
