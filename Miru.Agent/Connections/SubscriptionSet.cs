using Miru.Agent.Configs;
using Miru.Protocol;

namespace Miru.Agent.Connections;

/// <summary>
/// The watches of one connection and the demand they share ([demand-1]). They take turns, so a watch on everything does
/// not hold back a watch on one slug.
/// </summary>
internal sealed class SubscriptionSet(int initialDemand)
{
    // An array, although it changes: a push walks it for every connection there is.
    private Subscription[] _subscriptions = [];
    private int _demand = initialDemand;
    private int _turn;

    /// <summary>How many watches are open.</summary>
    public int Count => _subscriptions.Length;

    /// <summary>Whether an open watch has this correlation.</summary>
    public bool Uses(uint correlation) => Array.Exists(_subscriptions, open => open.Correlation == correlation);

    /// <summary>Opens a watch on the snapshot.</summary>
    /// <returns>The slugs of the full snapshot that follows, or <c>null</c> where only changes since its cursor do.</returns>
    public IReadOnlyList<string>? Open(Watch watch, uint correlation, ConfigSnapshot snapshot)
    {
        _subscriptions = [.. _subscriptions, Subscription.Open(correlation, watch.All ? null : watch.Slugs, watch.After, snapshot, out var listed)];
        return listed;
    }

    /// <summary>Ends the watches on these names, or with <c>null</c> all watches.</summary>
    public void Forget(IReadOnlyCollection<string>? slugs) =>
        _subscriptions = slugs is null ? [] : Array.FindAll(_subscriptions, open => !open.Forget(slugs) || !open.IsEmpty);

    /// <summary>Offers a newer snapshot to every watch.</summary>
    public void Advance(ConfigSnapshot snapshot)
    {
        foreach (var open in _subscriptions)
        {
            open.Advance(snapshot);
        }
    }

    /// <summary>Adds demand, unless more than 65,535 pushes would be outstanding.</summary>
    public bool TryGrant(int count)
    {
        if (_demand + count > ProtocolLimits.MaxDemand)
        {
            return false;
        }

        _demand += count;
        return true;
    }

    /// <summary>The next frame of the watch whose turn it is. SYNCED costs no demand, CONFIG and REMOVED one each.</summary>
    public bool TryTake(ConfigFrames frames, out OutgoingFrame frame)
    {
        for (var tried = 0; tried < _subscriptions.Length; tried++)
        {
            _turn = _turn < _subscriptions.Length ? _turn : 0;
            var open = _subscriptions[_turn];
            if (open.TrySynced(out var sequence))
            {
                frame = frames.Synced(sequence, open.Correlation);
                return true;
            }

            _turn++;
            if (_demand > 0 && open.TryNext(out var delivery))
            {
                _demand--;
                frame = delivery.Version is { } version
                    ? frames.Of(version, open.Correlation, delivery.Superseded)
                    : OutgoingFrame.Of(new Removed(delivery.Slug, delivery.Sequence, delivery.Superseded), open.Correlation);
                return true;
            }
        }

        frame = default;
        return false;
    }
}
