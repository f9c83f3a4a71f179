using Miru.Agent.Cloud;
using Miru.Agent.Cloud.Api;
using Miru.Agent.Cloud.Push;
using Miru.Agent.Cloud.Scheduling;

namespace Miru.Benchmarks.Fleet;

/// <summary>
/// One agent, as far as it decides when the cloud is asked: the product's own rhythm, push channel and token life; only the actors and sockets
/// around them are left out.
/// </summary>
internal sealed class FleetDevice
{
    private static readonly CloudFailure NoAnswer = new(FailureKind.RetryLater, "the modelled cloud is gone");

    private readonly CloudSettings _settings;
    private readonly Random _random;
    private readonly LongPollChannel _push;
    private PollRhythm _rhythm;

    public FleetDevice(CloudSettings settings, string id, int seed)
    {
        _settings = settings;
        _random = new Random(seed);
        _push = new LongPollChannel(settings.PushWait);
        _rhythm = new PollRhythm(settings, PollSchedule.Phase(id), RenewalBudget.Full(TimeSpan.Zero));
    }

    /// <summary>When the token ends; in the past if there is none.</summary>
    public TimeSpan TokenEnds { get; private set; } = TimeSpan.MinValue;

    /// <summary>The list that the agent has is known to the server, so that it can hold the next request.</summary>
    public bool HasTag { get; private set; }

    /// <summary>When the present request began, for one that is held.</summary>
    public TimeSpan ListedAt { get; set; }

    /// <summary>How long the server may hold the next request.</summary>
    public TimeSpan Hold => HasTag ? _push.Hold : TimeSpan.Zero;

    /// <summary>Counts the requests that are over, to tell what belongs to the present one.</summary>
    public int Cycle { get; private set; }

    /// <summary>A token was issued. When to renew it.</summary>
    public TimeSpan TokenIssued(TimeSpan now, TimeSpan life)
    {
        TokenEnds = now + life;
        return now + TokenLife.RenewIn(life, _settings.TokenRefreshLead, _random.NextDouble());
    }

    /// <summary>A renewal ahead of time came to nothing. When to try again, or null where the next poll has to.</summary>
    public TimeSpan? TokenMissed(TimeSpan now) =>
        TokenEnds > now ? now + TokenLife.RenewIn(TokenEnds - now, _settings.TokenRefreshLead, _random.NextDouble()) : null;

    /// <summary>The list was answered. When the next poll begins.</summary>
    public TimeSpan Answered(TimeSpan now, bool holds)
    {
        Cycle++;
        HasTag = holds;
        _push.Answered(holds);
        (_rhythm, var wait) = _rhythm.Succeeded(_push.IsLive, now, _random.NextDouble());
        return now + wait;
    }

    /// <summary>Nobody answered. When the next poll begins.</summary>
    /// <param name="wasHeld">The request was being held.</param>
    public TimeSpan Failed(TimeSpan now, bool wasHeld)
    {
        Cycle++;
        if (wasHeld && _push.Failed(now - ListedAt, NoAnswer))
        {
            return now + _rhythm.Cut(_random.NextDouble());
        }

        (_rhythm, var wait) = _rhythm.Failed(NoAnswer, _random.NextDouble());
        return now + wait;
    }
}
