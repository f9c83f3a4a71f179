using Miru.Agent.Cloud.Api;
using Miru.Agent.Cloud.Scheduling;

namespace Miru.Agent.Cloud;

/// <summary>The poller's rhythm with its clock and its chance. Belongs to the poller alone; knows no actor.</summary>
/// <param name="phase">Where in the interval this device asks, in [0, 1).</param>
/// <param name="seed">Of the jitter.</param>
internal sealed class PollPace(CloudSettings settings, TimeProvider time, double phase, int seed)
{
    private readonly long _startedAt = time.GetTimestamp();
    private readonly Random _random = new(seed);
    private PollRhythm _rhythm = new(settings, phase, RenewalBudget.Full(TimeSpan.Zero));
    private TimeSpan _quietUntil;

    /// <summary>Since the start, by the clock that only goes forward.</summary>
    public TimeSpan Now => time.GetElapsedTime(_startedAt);

    /// <summary>Failures in a row.</summary>
    public int Failures => _rhythm.Failures;

    /// <summary>The server asked for a pause that is not over, which binds the applications' syncs too.</summary>
    public bool IsQuiet => Now < _quietUntil;

    /// <summary>What the last answer said of the interval; null where the server has no wish.</summary>
    public void Hinted(TimeSpan? interval) => _rhythm = _rhythm with { Hint = interval };

    /// <summary>A whole cycle has ended. How long the next one waits.</summary>
    /// <param name="immediately">Changes arrive by a held request, or somebody waits for another poll.</param>
    public TimeSpan Succeeded(bool immediately)
    {
        (_rhythm, var wait) = _rhythm.Succeeded(immediately, Now, _random.NextDouble());
        return wait;
    }

    /// <summary>Somebody wants to know now. How long that waits.</summary>
    public TimeSpan Asked()
    {
        (_rhythm, var wait) = _rhythm.Asked(Now);
        return wait;
    }

    /// <summary>A held request was cut. How long the next cycle waits.</summary>
    public TimeSpan Cut(CloudFailure failure) => _rhythm.Cut(failure, _random.NextDouble());

    /// <summary>A cycle came to nothing. How long the next one waits.</summary>
    public TimeSpan Failed(CloudFailure failure)
    {
        (_rhythm, var wait) = _rhythm.Failed(failure, _random.NextDouble());
        _quietUntil = failure.RetryAfter is null ? TimeSpan.Zero : Now + wait;
        return wait;
    }
}
