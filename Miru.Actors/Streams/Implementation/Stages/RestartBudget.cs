namespace Akka.Streams.Implementation.Stages;

/// <summary>Counts restarts: when the next one is due, and when it is enough.</summary>
internal sealed class RestartBudget(RestartSettings settings)
{
    private int _restarts;
    private TimeSpan _forgetAt;

    /// <summary>A run has begun.</summary>
    public void Begin(TimeSpan now) => _forgetAt = now + settings.MaxRestartsWithin;

    /// <summary>A run has ended: the delay until the next one, or null if there is none.</summary>
    public TimeSpan? Next(TimeSpan now)
    {
        if (now > _forgetAt)
        {
            _restarts = 0;
        }

        if (_restarts == settings.MaxRestarts)
        {
            return null;
        }

        var doubled = settings.MinBackoff.Ticks * Math.Pow(2, _restarts++);
        var delay = Math.Min(settings.MaxBackoff.Ticks, doubled) * (1 + Random.Shared.NextDouble() * settings.RandomFactor);
        return TimeSpan.FromTicks((long)delay);
    }
}
