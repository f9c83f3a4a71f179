using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Miru.Cloud.Storage;

/// <summary>
/// The one SQLite file. Writers queue for a single connection and commit durably, those that wait together in one transaction; readers share a few
/// connections and see one snapshot each, so neither ever meets SQLITE_BUSY.
/// </summary>
internal sealed class Database : IAsyncDisposable
{
    private const string Part = "part";

    private readonly string _readers;
    private readonly KeptConnection _writer;
    private readonly ConcurrentBag<KeptConnection> _idleReaders = [];
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly ConcurrentQueue<IQueuedWrite> _queue = new();

    private Database(string readers, KeptConnection writer)
    {
        _readers = readers;
        _writer = writer;
    }

    public static Database Open(string path)
    {
        var writer = new KeptConnection(new SqliteConnectionStringBuilder { DataSource = path, ForeignKeys = true, Pooling = false }.ToString());
        try
        {
            writer.Open();
            // FULL: what the admin was told is published must survive a power cut.
            writer.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
            Migrations.Apply(writer);
            return new Database(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString(), writer);
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Runs <paramref name="work"/> whole or, if it throws, not at all; completes when it is durable. Who gets the turn commits for all that wait
    /// by then: a thousand devices that arrive at once cost a few flushes of the disk, not a thousand.
    /// </summary>
    public async Task<T> WriteAsync<T>(Func<SqliteConnection, T> work)
    {
        var write = new QueuedWrite<T>(work);
        _queue.Enqueue(write);
        await _turn.WaitAsync();
        try
        {
            if (!write.Outcome.IsCompleted)
            {
                CommitWaiting();
            }
        }
        finally
        {
            _turn.Release();
        }

        return await write.Outcome;
    }

    public Task WriteAsync(Action<SqliteConnection> work) => WriteAsync(connection => { work(connection); return true; });

    /// <summary>Runs <paramref name="work"/> over one consistent snapshot.</summary>
    public T Read<T>(Func<SqliteConnection, T> work)
    {
        if (!_idleReaders.TryTake(out var reader))
        {
            reader = new KeptConnection(_readers);
            reader.Open();
        }

        try
        {
            using var snapshot = reader.BeginTransaction(deferred: true);
            return work(reader);
        }
        finally
        {
            _idleReaders.Add(reader);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync();
        // The writer closes last: whoever does folds the log into the file, and a reader cannot.
        foreach (var reader in _idleReaders)
        {
            reader.Dispose();
        }

        _writer.Dispose();
    }

    private void CommitWaiting()
    {
        // No more than wait now: a stream of newcomers must not put the commit off.
        var together = new List<IQueuedWrite>();
        for (var left = _queue.Count; left > 0 && _queue.TryDequeue(out var write); left--)
        {
            together.Add(write);
        }

        try
        {
            using var transaction = _writer.BeginTransaction();
            foreach (var write in together)
            {
                transaction.Save(Part);
                if (!write.Run(_writer))
                {
                    // Throws if the failure took the whole transaction with it (a full disk): then nobody's part was kept.
                    transaction.Rollback(Part);
                }

                transaction.Release(Part);
            }

            transaction.Commit();
        }
        catch (Exception failure)
        {
            together.ForEach(write => write.Failed(failure));
            return;
        }

        together.ForEach(write => write.Committed());
    }
}
