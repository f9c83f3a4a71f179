using Akka.Event;
using Microsoft.Data.Sqlite;

namespace Miru.Agent.Configs;

/// <summary>
/// The open store of one state directory, kept usable: damage that shows while it is used is recovered from, a disk that refuses is
/// complained about once and not for every try.
/// </summary>
internal sealed class StoreKeeper : IDisposable
{
    private const int ManyKeptStores = 10;

    private readonly StoreSettings _settings;
    private readonly TimeProvider _time;
    private readonly ILoggingAdapter _log;
    private readonly StateDirectoryLock _lock;

    private StoreKeeper(StoreSettings settings, TimeProvider time, ILoggingAdapter log, StateDirectoryLock taken)
    {
        _settings = settings;
        _time = time;
        _log = log;
        _lock = taken;
        Ledger = OpenLedger(null);
    }

    public ConfigLedger Ledger { get; private set; }

    /// <summary>Why the disk takes no writes; null while it does.</summary>
    public string? Problem { get; private set; }

    /// <exception cref="StoreException">The store cannot be used.</exception>
    public static StoreKeeper Open(StoreSettings settings, TimeProvider time, ILoggingAdapter log)
    {
        var taken = StateDirectoryLock.Take(settings.Directory);
        try
        {
            var keeper = new StoreKeeper(settings, time, log, taken);
            RunningAgent.Announce(settings.Directory);
            return keeper;
        }
        catch
        {
            // An actor that did not start is not stopped either.
            taken.Dispose();
            throw;
        }
    }

    /// <summary>Uses the store; false if the disk refused or the store had to be recovered, and then nothing was changed.</summary>
    /// <param name="problem">Why not.</param>
    public bool Try(Action work, out string problem)
    {
        problem = "";
        var commits = Ledger.Commits;
        try
        {
            work();
            if (Problem is not null && Ledger.Commits > commits)
            {
                TroubleEnded();
            }

            return true;
        }
        catch (SqliteException refusal)
        {
            problem = refusal.Message;
            TroubleBegan(refusal.Message);
        }
        catch (StoreDamageException damage)
        {
            problem = "the store was damaged and has been recovered";
            Recover(damage);
        }

        return false;
    }

    /// <summary>Goes on in a new store with what is good of this one.</summary>
    public void Recover(StoreDamageException damage)
    {
        Ledger.Abandon();
        Ledger = OpenLedger(damage);
        if (Problem is not null)
        {
            TroubleEnded();
        }
    }

    public void Dispose()
    {
        Ledger.Dispose();
        _lock.Dispose();
    }

    private ConfigLedger OpenLedger(StoreDamageException? known)
    {
        var ledger = ConfigLedger.Open(_settings, _time, out var recovery, known);
        if (recovery is not null)
        {
            _log.Error(
                "The store was damaged: {0}. What is good of it is served; {1}. The damaged files are kept in {2}. Check the disk.",
                recovery.Damage, recovery.LostConfigs.Count == 0 ? "no current config is lost" : $"missing until they are fetched again: {string.Join(", ", recovery.LostConfigs)}", recovery.KeptIn);
            if (recovery.KeptStores >= ManyKeptStores)
            {
                _log.Warning("{0} damaged stores are kept in {1}. The agent never deletes them; remove those that nobody needs.", recovery.KeptStores, _settings.Files.Quarantine);
            }
        }

        return ledger;
    }

    private void TroubleBegan(string reason)
    {
        if (Problem != reason)
        {
            _log.Error("The store in '{0}' refuses: {1}. Check the free space and the health of its disk; the configs in place stay.", _settings.Directory, reason);
        }

        Problem = reason;
    }

    private void TroubleEnded()
    {
        var trouble = Problem;
        Problem = null;
        _log.Info("The store takes writes again.");
        Try(
            () =>
            {
                Ledger.Record(StoreEventKind.StorageFailed, detail: trouble);
                Ledger.Record(StoreEventKind.StorageRecovered);
            },
            out _);
    }
}
