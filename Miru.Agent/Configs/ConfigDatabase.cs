using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Miru.Agent.Configs;

/// <summary>
/// The store's file: opened, migrated and set to lose nothing it has committed. Knows no table by name; the tables are classes beside it.
/// </summary>
internal sealed unsafe class ConfigDatabase : IDisposable
{
    // SQLITE_CORRUPT and SQLITE_NOTADB.
    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    // glibc gives the end of its heap back to the kernel at once, so the temporary tables of each deployment's transaction cost it seventy page faults. It
    // stops once it has seen a block of this size come and go (mallopt(3), "dynamic mmap threshold"). Other libraries lose nothing.
    private const nuint HeapThatStays = 1024 * 1024;

    private readonly SqliteConnection _connection;
    private readonly PreparedStatements _statements;

    private ConfigDatabase(SqliteConnection connection)
    {
        _connection = connection;
        _statements = new PreparedStatements(connection);
    }

    /// <summary>The number that SQLite gave the last row that was inserted.</summary>
    public long LastRow => SqliteCalls.LastRow(_connection.Handle!.DangerousGetHandle());

    /// <summary>Rows written and deleted since it was opened, those of transactions that were taken back included.</summary>
    public long Changes => SqliteCalls.Changes(_connection.Handle!.DangerousGetHandle());

    /// <param name="hasHistory">It is known to have held something, so an empty one is no new one.</param>
    /// <exception cref="StoreDamageException">The file is not what was written; it is as it was.</exception>
    /// <exception cref="StoreException">The file is of a newer agent, or cannot be written.</exception>
    public static ConfigDatabase Open(string path, bool hasHistory = false)
    {
        ConfigDatabase? database = null;
        try
        {
            CreatePrivately(path);
            NativeMemory.Free(NativeMemory.Alloc(HeapThatStays));
            database = Connect(path, SqliteOpenMode.ReadWrite);

            var version = SchemaUpgrade.CheckedVersion(database, path, hasHistory);

            // FULL syncs the log at every commit: what is acknowledged survives a power cut.
            database.Run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
            SchemaUpgrade.Run(database, version);
            return database;
        }
        catch (Exception failure) when (failure is SqliteException or IOException or UnauthorizedAccessException)
        {
            database?.Dispose();
            throw new StoreException($"The store '{path}' cannot be opened: {failure.Message.TrimEnd('.')}. Check its permissions and the free space of its disk.", failure);
        }
        catch (Exception)
        {
            database?.Dispose();
            throw;
        }
    }

    /// <summary>Opens what is there as it is: nothing is created, migrated or checked.</summary>
    public static ConfigDatabase OpenAsIs(string path, bool writable = false)
    {
        try
        {
            return Connect(path, writable ? SqliteOpenMode.ReadWrite : SqliteOpenMode.ReadOnly);
        }
        catch (SqliteException failure)
        {
            throw new StoreException($"The store '{path}' cannot be read: {failure.Message.TrimEnd('.')}. Check its permissions.", failure);
        }
    }

    /// <summary>
    /// Whether its log may be put into the file and deleted when it is closed in order. Not before it is known to be sound: SQLite believes
    /// no frame behind a damaged one, and would take the rest of the evidence away.
    /// </summary>
    public void TrustLog(bool isSound) => raw.sqlite3_db_config(_connection.Handle, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, isSound ? 0 : 1, out _);

    /// <summary>Everything in <paramref name="work"/> or nothing; durable when it returns.</summary>
    public void Transact(Action work)
    {
        Execute("BEGIN IMMEDIATE");
        try
        {
            work();
            Execute("COMMIT");
        }
        catch
        {
            // SQLite has rolled back by itself after some failures, such as a full disk.
            if (IsInTransaction)
            {
                Execute("ROLLBACK");
            }

            throw;
        }
    }

    /// <summary>Runs statements one after another, for which it is not worth to be kept.</summary>
    public void Run(string script) => Guarded(() =>
        SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(_connection.Handle, script), _connection.Handle));

    /// <summary>Makes a function of this agent known to its SQL.</summary>
    public void Define(string name, Func<object?[], long> function) => _connection.CreateFunction(name, function);

    /// <param name="sql">One statement.</param>
    /// <param name="values">For its <c>?</c>, in order.</param>
    public void Execute(string sql, params ReadOnlySpan<object?> values) => ForEach(sql, static _ => { }, values);

    /// <exception cref="StoreDamageException">What was found is not what was written.</exception>
    public IReadOnlyList<T> Query<T>(string sql, Func<StoredRow, T> read, params ReadOnlySpan<object?> values)
    {
        var rows = new List<T>();
        ForEach(sql, row => rows.Add(read(row)), values);
        return rows;
    }

    /// <summary>Like <see cref="Query"/>, without holding all rows at once.</summary>
    public void ForEach(string sql, Action<StoredRow> take, params ReadOnlySpan<object?> values)
    {
        try
        {
            var statement = _statements.Borrow(sql);
            try
            {
                statement.Bind(values);
                while (statement.Step())
                {
                    take(statement.Row);
                }
            }
            finally
            {
                PreparedStatements.Return(statement);
            }
        }
        catch (Exception failure) when (DamageIn(failure) is { } damage)
        {
            throw damage;
        }
    }

    public void Dispose()
    {
        _statements.Dispose();
        _connection.Dispose();
    }

    private bool IsInTransaction => SqliteCalls.IsOutsideTransaction(_connection.Handle!.DangerousGetHandle()) == 0;

    /// <summary>SQLite notices damage in its own pages; in ours, values that cannot be what we wrote. Null for every other failure.</summary>
    private static StoreDamageException? DamageIn(Exception failure) => failure switch
    {
        SqliteException { SqliteErrorCode: Corrupt or NotADatabase } damage => new StoreDamageException(damage.Message.TrimEnd('.'), damage),
        FormatException or InvalidCastException or OverflowException =>
            new StoreDamageException($"it holds what was never written: {failure.Message.TrimEnd('.')}", failure),
        _ => null,
    };

    private static void Guarded(Action work)
    {
        try
        {
            work();
        }
        catch (Exception failure) when (DamageIn(failure) is { } damage)
        {
            throw damage;
        }
    }

    private static ConfigDatabase Connect(string path, SqliteOpenMode mode)
    {
        var source = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, Mode = mode };
        var database = new ConfigDatabase(new SqliteConnection(source.ToString()));
        try
        {
            Guarded(database._connection.Open);
            database.TrustLog(isSound: false);
            database.Run("PRAGMA busy_timeout = 1000; PRAGMA cell_size_check = ON; PRAGMA foreign_keys = ON;");
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Configs may hold secrets: they are for the agent's user alone, whatever its umask. SQLite's other files take the mode over.</summary>
    private static void CreatePrivately(string path)
    {
        const UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, UnixCreateMode = mode });
        File.SetUnixFileMode(file.SafeFileHandle, mode);
    }
}
