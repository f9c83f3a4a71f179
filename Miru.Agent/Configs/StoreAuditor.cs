using Akka.Actor;
using Microsoft.Data.Sqlite;

namespace Miru.Agent.Configs;

/// <summary>
/// Reads the whole store once after the start, while the store is in use: SQLite's own check, every seal, every digest. What serving needs
/// was checked before it was served; this finds the rest before it is needed.
/// <para>Owns: a reading connection of its own.</para>
/// <para>Receives: its own timer and <see cref="Next"/>.</para>
/// <para>Tells: its parent, the store, <see cref="StoreAudited"/>, once.</para>
/// <para>On failure: stops; a disk that cannot be read tells the store itself, when it is used.</para>
/// </summary>
/// <remarks>It blocks while the disk works; that is why it is an actor of its own, and why it takes the contents in small shares.</remarks>
internal sealed class StoreAuditor : ReceiveActor, IWithTimers
{
    private const int Share = 64;

    private readonly StoreFiles _files;
    private readonly TimeSpan _after;
    private ConfigDatabase? _database;

    /// <param name="files">The store's.</param>
    /// <param name="after">How long to leave the disk to others first.</param>
    public StoreAuditor(StoreFiles files, TimeSpan after)
    {
        _files = files;
        _after = after;
        Receive<AuditDue>(_ => Attempt(CheckStructure));
        Receive<Next>(next => Attempt(() => CheckContents(next.After)));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Timers.StartSingleTimer(AuditDue.Instance, AuditDue.Instance, _after);

    protected override void PostStop() => _database?.Dispose();

    private void CheckStructure()
    {
        _database = ConfigDatabase.OpenAsIs(_files.Database);
        var verdict = _database.Query("PRAGMA quick_check(1)", row => row.GetString(0));
        if (verdict is not ["ok"])
        {
            throw new StoreDamageException($"SQLite's check finds: {string.Join("; ", verdict)}");
        }

        foreach (var table in Schema.SealedTables)
        {
            table.Read(_database, "", _ => true);
        }

        Self.Tell(new Next(long.MinValue));
    }

    private void CheckContents(long after)
    {
        var checkedRows = _database!.Query(
            "SELECT rowid, digest, bytes FROM contents WHERE rowid > ? ORDER BY rowid LIMIT ?",
            row => ContentTable.IsIntact(row, 1)
                ? row.GetInt64(0)
                : throw new StoreDamageException($"the bytes of {row.GetText(1) ?? "a content without a name"} are not what was written"),
            after, Share);
        if (checkedRows.Count < Share)
        {
            Finish(null);
        }
        else
        {
            Self.Tell(new Next(checkedRows[^1]));
        }
    }

    private void Attempt(Action check)
    {
        try
        {
            check();
        }
        catch (StoreDamageException damage)
        {
            Finish(damage);
        }
        catch (Exception unreadable) when (unreadable is SqliteException or StoreException)
        {
            Context.Stop(Self);
        }
    }

    private void Finish(StoreDamageException? damage)
    {
        Context.Parent.Tell(new StoreAudited(damage));
        Context.Stop(Self);
    }

    private sealed record Next(long After);

    private sealed record AuditDue
    {
        public static readonly AuditDue Instance = new();
    }
}
