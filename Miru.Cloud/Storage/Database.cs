using Microsoft.Data.Sqlite;

namespace Miru.Cloud.Storage;

/// <summary>
/// The one SQLite file. Writers queue for a single connection and commit durably; readers take pooled connections and see one snapshot each,
/// so neither ever meets SQLITE_BUSY.
/// </summary>
internal sealed class Database : IAsyncDisposable
{
    private readonly string _connectionString;
    private readonly SqliteConnection _writer;
    private readonly SemaphoreSlim _turn = new(1, 1);

    private Database(string connectionString, SqliteConnection writer)
    {
        _connectionString = connectionString;
        _writer = writer;
    }

    public static Database Open(string path)
    {
        var connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            ForeignKeys = true,
            Pooling = true,
        }.ToString();

        var writer = new SqliteConnection(connectionString);
        try
        {
            writer.Open();
            // FULL: what the admin was told is published must survive a power cut.
            writer.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
            Migrations.Apply(writer);
            return new Database(connectionString, writer);
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    /// <summary>Runs <paramref name="work"/> in one transaction; an exception rolls it back.</summary>
    public async Task<T> WriteAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancel = default)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            using var transaction = _writer.BeginTransaction();
            var result = work(_writer);
            transaction.Commit();
            return result;
        }
        finally
        {
            _turn.Release();
        }
    }

    public Task WriteAsync(Action<SqliteConnection> work, CancellationToken cancel = default) =>
        WriteAsync(connection => { work(connection); return true; }, cancel);

    /// <summary>Runs <paramref name="work"/> over one consistent snapshot.</summary>
    public T Read<T>(Func<SqliteConnection, T> work)
    {
        using var reader = new SqliteConnection(_connectionString);
        reader.Open();
        using var snapshot = reader.BeginTransaction(deferred: true);
        return work(reader);
    }

    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync();
        _writer.Dispose();
        // Pooled connections hold the file open and would keep the WAL from being folded in.
        using var any = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(any);
    }
}
