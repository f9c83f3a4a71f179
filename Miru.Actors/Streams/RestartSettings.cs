namespace Akka.Streams;

/// <summary>When and how often a stream is started again.</summary>
public sealed class RestartSettings
{
    private RestartSettings(TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor, int maxRestarts, TimeSpan maxRestartsWithin)
    {
        MinBackoff = minBackoff;
        MaxBackoff = maxBackoff;
        RandomFactor = randomFactor;
        MaxRestarts = maxRestarts;
        MaxRestartsWithin = maxRestartsWithin;
    }

    /// <summary>The first delay; each following one is twice as long.</summary>
    public TimeSpan MinBackoff { get; }

    /// <summary>The longest delay, before randomness.</summary>
    public TimeSpan MaxBackoff { get; }

    /// <summary>Up to this fraction, usually 0 to 1, is added to each delay at random.</summary>
    public double RandomFactor { get; }

    /// <summary>Restarts allowed within <see cref="MaxRestartsWithin"/>; then the stream ends as its last run ended.</summary>
    public int MaxRestarts { get; }

    public TimeSpan MaxRestartsWithin { get; }

    /// <summary>Settings without a limit on restarts; the delay starts over when a run has lasted for <paramref name="minBackoff"/>.</summary>
    public static RestartSettings Create(TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor) =>
        new(minBackoff, maxBackoff, randomFactor, int.MaxValue, minBackoff);

    public RestartSettings WithMinBackoff(TimeSpan value) => new(value, MaxBackoff, RandomFactor, MaxRestarts, MaxRestartsWithin);

    public RestartSettings WithMaxBackoff(TimeSpan value) => new(MinBackoff, value, RandomFactor, MaxRestarts, MaxRestartsWithin);

    public RestartSettings WithRandomFactor(double value) => new(MinBackoff, MaxBackoff, value, MaxRestarts, MaxRestartsWithin);

    public RestartSettings WithMaxRestarts(int count, TimeSpan within) => new(MinBackoff, MaxBackoff, RandomFactor, count, within);

    public override string ToString() =>
        $"RestartSettings(minBackoff={MinBackoff},maxBackoff={MaxBackoff},randomFactor={RandomFactor},maxRestarts={MaxRestarts},maxRestartsWithin={MaxRestartsWithin})";
}
