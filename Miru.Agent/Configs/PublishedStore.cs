using Akka.Actor;
using Miru.Agent.Deployments.Drift;
using Miru.Agent.Health;
using Miru.Agent.Notifications;

namespace Miru.Agent.Configs;

/// <summary>The open store and those who hear of it. Belongs to <see cref="ConfigStore"/> alone.</summary>
/// <param name="notifier">Hears of snapshots.</param>
/// <param name="drift">Hears which files there should be.</param>
/// <param name="status">Hears how the store is.</param>
/// <param name="recovered">Called when another store has taken the place of a damaged one.</param>
internal sealed class PublishedStore(StoreKeeper keeper, IActorRef notifier, IActorRef drift, IActorRef status, Action recovered) : IDisposable
{
    private IActorRef _reporter = ActorRefs.Nobody;

    public ConfigLedger Ledger => keeper.Ledger;

    /// <summary>Tells what is current.</summary>
    public void Publish()
    {
        notifier.Tell(new SnapshotAdvanced(Ledger.Snapshot));
        drift.Tell(new WatchFiles(Ledger.Files));
    }

    /// <summary>Tells the status how the store is.</summary>
    public void Report() => keeper.Try(() => status.Tell(StoreStatus.Of(Ledger, keeper.Problem)), out _);

    /// <summary>From now on <paramref name="reporter"/> hears of the outbox.</summary>
    public void Subscribe(IActorRef reporter)
    {
        _reporter = reporter;
        PokeReporter();
    }

    /// <summary>Tells the reporter if there is something to report.</summary>
    public void PokeReporter() => Try(() =>
    {
        if (!Ledger.Reports.IsEmpty)
        {
            _reporter.Tell(new ReportsQueued());
        }
    });

    /// <inheritdoc cref="Try(Action, out string)"/>
    public bool Try(Action use) => Try(use, out _);

    /// <summary>Uses the store, and tells of what that showed. False if nothing was changed.</summary>
    /// <param name="problem">Why not.</param>
    public bool Try(Action use, out string problem)
    {
        var (ledger, before) = (Ledger, keeper.Problem);
        var done = keeper.Try(use, out problem);
        if (Ledger != ledger)
        {
            Publish();
            recovered();
        }

        if (keeper.Problem != before)
        {
            Report();
        }

        return done;
    }

    public void Dispose() => keeper.Dispose();
}
