using Akka.Actor;
using Miru.Agent.Cloud.Api;

namespace Miru.Agent.Cloud.Push;

/// <summary>
/// Push by the contract's own list request, which the server holds until the list differs (docs/adr/0002). A proxy or a NAT on the way may be
/// less patient than the agent: a hold that is cut twice in a row is asked for shorter, and where none lasts, the interval does the work.
/// </summary>
internal sealed class LongPollChannel : IPushChannel
{
    /// <summary>A request that failed sooner was not cut by somebody's impatience.</summary>
    private static readonly TimeSpan ShortestCut = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan ShortestHold = TimeSpan.FromSeconds(10);

    /// <summary>Below what was endured, so that the next one ends by itself.</summary>
    private const double Margin = 0.8;

    /// <summary>Cuts in a row after which holding is given up.</summary>
    private const int MostCuts = 6;

    /// <summary>Unheld answers after which it is tried again: the path may have changed.</summary>
    private const int Rest = 30;

    /// <summary>
    /// Shortened holds that lasted, after which the longest is tried again for the same reason: some hours, since finding out costs two cuts.
    /// </summary>
    private const int Trust = 300;

    private readonly TimeSpan _longest;
    private TimeSpan _hold;
    private int _cuts;
    private int _lasted;
    private int _resting;

    /// <param name="longest">How long the settings let the server hold; zero asks for no push.</param>
    public LongPollChannel(TimeSpan longest) => _hold = _longest = longest;

    public TimeSpan Hold => _resting > 0 ? TimeSpan.Zero : _hold;

    public bool IsLive { get; private set; }

    public void Open(IActorRef poller)
    {
    }

    public void Answered(bool applied)
    {
        if (_resting > 0)
        {
            _hold = --_resting == 0 ? _longest : _hold;
            return;
        }

        IsLive = applied;
        _cuts = 0;
        if (_hold < _longest && ++_lasted == Trust)
        {
            _hold = _longest;
        }
    }

    public bool Failed(TimeSpan after, CloudFailure failure)
    {
        if (!IsLive || after < ShortestCut || failure.Kind != FailureKind.RetryLater || failure.RetryAfter is not null)
        {
            return false;
        }

        if (++_cuts == 1)
        {
            // A server that restarts cuts as well, and a fleet that asked for less after each restart would ask ever more often.
            return true;
        }

        if (_cuts >= MostCuts)
        {
            (_cuts, _resting, IsLive) = (0, Rest, false);
        }

        // Silence until the deadline says only that half is worth trying; an answer or a reset says how much was endured.
        var endured = after < _hold ? after * Margin : _hold / 2;
        var shortest = ShortestHold < _longest ? ShortestHold : _longest;
        _hold = endured > shortest ? endured : shortest;
        _lasted = 0;
        return true;
    }

    public void Close() => IsLive = false;
}
