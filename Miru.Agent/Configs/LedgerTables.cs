using Miru.Agent.Deployments.Files;

namespace Miru.Agent.Configs;

/// <summary>The tables of one open store, for the parts of the ledger to share.</summary>
internal sealed class LedgerTables : IDisposable
{
    private readonly ConfigDatabase _database;
    private readonly StoreMark _mark;
    private bool _isWriting;
    private bool _wasRefused;

    public LedgerTables(ConfigDatabase database, StoreMark mark, TimeProvider time, int eventsKept)
    {
        _database = database;
        _mark = mark;
        Meta = new MetaTable(database);
        Deployments = new DeploymentTable(database);
        Contents = new ContentTable(database);
        Snapshots = new SnapshotTable(database, Meta, Contents);
        Reports = new ReportTable(database);
        Events = new EventTable(database, time, eventsKept);
        Journal = new ApplyJournal(database);
    }

    /// <summary>Transactions that the store has held.</summary>
    public long Commits { get; private set; }

    public MetaTable Meta { get; }

    public DeploymentTable Deployments { get; }

    public ContentTable Contents { get; }

    public SnapshotTable Snapshots { get; }

    public ReportTable Reports { get; }

    public EventTable Events { get; }

    public ApplyJournal Journal { get; }

    /// <summary>Reads what the store's single values say and holds its age against the witness.</summary>
    /// <exception cref="StoreDamageException">Transactions that were acknowledged are gone.</exception>
    public IReadOnlyDictionary<string, string> Begin()
    {
        var values = Meta.All();
        Commits = Meta.Number(MetaTable.Commits);
        return Commits >= _mark.Commits
            ? values
            : throw new StoreDamageException($"{_mark.Commits - Commits} of its last changes are gone; its log was cut, damaged or lost, or the file is an older copy");
    }

    /// <inheritdoc cref="ConfigDatabase.TrustLog"/>
    public void TrustLog(bool isSound) => _database.TrustLog(isSound);

    /// <summary>
    /// Everything in <paramref name="work"/> or nothing; durable when it returns. Contents that wait go along. Within another it is a part of
    /// that, and so durable when that returns.
    /// </summary>
    public void Transact(Action work)
    {
        if (_isWriting)
        {
            work();
            return;
        }

        _isWriting = true;
        var before = _database.Changes;
        var changed = false;
        try
        {
            _database.Transact(() =>
            {
                Contents.Write();
                work();
                changed = _database.Changes > before || _wasRefused;
                if (changed)
                {
                    Meta.Set(MetaTable.Commits, Commits + 1);
                }
            });
        }
        catch
        {
            Forget();
            _wasRefused = true;
            throw;
        }
        finally
        {
            _isWriting = false;
        }

        // Mostly the cloud has no news, and the disk is not woken for that; unless it refused last: somebody waits to hear that it takes writes again.
        _wasRefused = false;
        if (changed)
        {
            Contents.Release();
            _mark.Advance(++Commits);
        }
    }

    /// <summary>Where a deployment has come to, together with the report of it.</summary>
    public void Settle(DeploymentRecord record, DateTimeOffset? deployedAt = null, DateTimeOffset? archivedAt = null)
    {
        Deployments.Save(record);
        Reports.Add(record, deployedAt, archivedAt);
    }

    /// <summary>Keeps what the deployer said of files.</summary>
    public void Note(string deploymentId, IEnumerable<FileNotice> notices)
    {
        foreach (var notice in notices)
        {
            Events.Add(StoreEventKind.FileNotice, deploymentId, detail: $"{notice.Code}: {notice.Path}");
        }
    }

    /// <summary>What the tables remember of a transaction that was taken back is wrong.</summary>
    private void Forget()
    {
        Meta.Forget();
        Deployments.Forget();
        Snapshots.Forget();
        Journal.Forget();
    }

    public void Dispose()
    {
        _database.Dispose();
        _mark.Dispose();
    }
}
