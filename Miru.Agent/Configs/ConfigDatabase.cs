using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Miru.Agent.Configs;

/// <summary>
/// The store's file: opened, migrated and set to lose nothing it has committed. Knows no table by name; the tables are classes beside it.
/// </summary>
internal sealed class ConfigDatabase : IDisposable
{
    // SQLITE_CORRUPT and SQLITE_NOTADB.
    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    /// <summary>The store has a few dozen statements; more than this many texts would be a bug, and cost only their preparation.</summary>
    private const int MostPrepared = 128;

    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, StoreStatement> _idle = new(StringComparer.Ordinal);

    private ConfigDatabase(SqliteConnection connection) => _connection = connection;

    /// <summary>The number that SQLite gave the last row that was inserted.</summary>
    public long LastRow => SqliteCalls.LastRow(_connection.Handle!.DangerousGetHandle());

    /// <param name="hasHistory">It is known to have held something, so an empty one is no new one.</param>
    /// <exception cref="StoreDamageException">The file is not what was written; it is as it was.</exception>
    /// <exception cref="StoreException">The file is of a newer agent, or cannot be written.</exception>
    public static ConfigDatabase Open(string path, bool hasHistory = false)
    {
        ConfigDatabase? database = null;
        try
        {
            CreatePrivately(path);
            database = Connect(path, SqliteOpenMode.ReadWrite);

            var version = database.CheckedVersion(path, hasHistory);

            // FULL syncs the log at every commit: what is acknowledged survives a power cut.
            database.Run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
            database.Migrate(version);
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
    {
        SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(_connection.Handle, script), _connection.Handle);
        return true;
    });

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
        var statement = Borrow(sql);
        try
        {
            statement.Bind(values);
            while (statement.Step())
            {
                take(statement.Row);
            }
        }
        catch (Exception failure) when (DamageIn(failure) is not null)
        {
            throw DamageIn(failure)!;
        }
        finally
        {
            Return(sql, statement);
        }
    }

    public void Dispose()
    {
        foreach (var statement in _idle.Values)
        {
            statement.Dispose();
        }

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

    private static T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception failure) when (DamageIn(failure) is not null)
        {
            throw DamageIn(failure)!;
        }
    }

    private static ConfigDatabase Connect(string path, SqliteOpenMode mode)
    {
        var source = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, Mode = mode };
        var database = new ConfigDatabase(new SqliteConnection(source.ToString()));
        try
        {
            Guarded(() =>
            {
                database._connection.Open();
                return true;
            });
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

    /// <summary>The schema's version, before anything is changed.</summary>
    private int CheckedVersion(string path, bool hasHistory)
    {
        var version = Query("PRAGMA user_version", row => row.GetInt32(0))[0];
        if (version == Schema.Migrations.Count)
        {
            SchemaSeal.Check(this, version);
            return version;
        }

        var isEmpty = Query("SELECT COUNT(*) FROM sqlite_schema", row => row.GetInt64(0))[0] == 0;
        if (isEmpty && hasHistory)
        {
            throw new StoreDamageException("it is empty and was not");
        }

        if ((SchemaSeal.StatedVersion(this) is { } stated && stated != version) || (version == 0) != isEmpty)
        {
            throw new StoreDamageException($"its header says schema {version} and its tables do not");
        }

        return version < Schema.Migrations.Count ? version : throw new StoreException(
            $"The store '{path}' was written by a newer miru-agent (schema {version}, this one knows {Schema.Migrations.Count}). Install that version again, or give this one another miru.state-directory.");
    }

    private void Migrate(int version)
    {
        if (version < Schema.Migrations.Count)
        {
            _connection.CreateFunction("seal", (object?[] row) => RowSeal.Of((string)row[0]!, row.AsSpan(1)));
        }

        for (; version < Schema.Migrations.Count; version++)
        {
            Transact(() => MigrateTo(version + 1));
        }
    }

    /// <summary>One step, its number and its seal: all or nothing, so a store is never between two versions.</summary>
    private void MigrateTo(int version)
    {
        Run(Schema.Migrations[version - 1] + $"PRAGMA user_version = {version.ToString(CultureInfo.InvariantCulture)};");
        if (version >= SchemaSeal.FirstVersion)
        {
            SchemaSeal.Save(this, version);
        }
    }

    /// <summary>A statement that was prepared before, if it is not in use: parsing all of them costs a commit nearly a millisecond.</summary>
    private StoreStatement Borrow(string sql)
    {
        if (_idle.Remove(sql, out var statement))
        {
            return statement;
        }

        return Guarded(() => new StoreStatement(_connection.Handle!, sql));
    }

    private void Return(string sql, StoreStatement statement)
    {
        statement.Reset();
        if (_idle.Count >= MostPrepared || !_idle.TryAdd(sql, statement))
        {
            statement.Dispose();
        }
    }
}
