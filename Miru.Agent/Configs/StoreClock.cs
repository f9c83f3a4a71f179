namespace Miru.Agent.Configs;

/// <summary>The store's two clocks.</summary>
internal sealed class StoreClock(TimeProvider time)
{
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();
    private readonly long _started = time.GetTimestamp();

    /// <summary>The wall clock, for people to read.</summary>
    public DateTimeOffset Today => time.GetUtcNow();

    /// <summary>What decides when something is due: the wall clock of the start, and from then on time that only passes.</summary>
    public DateTimeOffset Now => _startedAt + time.GetElapsedTime(_started);
}
