using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Miru.Agent.Configs;

/// <summary>
/// The store's file: opened, migrated and set to lose nothing it has committed. Knows no table by name; the tables are classes beside it.
/// </summary>
internal sealed class ConfigDatabase : IDisposable
{
    // SQLITE_CORRUPT and SQLITE_NOTADB.
    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    private readonly SqliteConnection _connection;
    private SqliteTransaction? _transaction;

    private ConfigDatabase(SqliteConnection connection) => _connection = connection;

    /// <exception cref="StoreException">The file is damaged, of a newer agent, or cannot be written.</exception>
    public static ConfigDatabase Open(string path)
    {
        var source = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, ForeignKeys = true };
        var database = new ConfigDatabase(new SqliteConnection(source.ToString()));
        try
        {
            CreatePrivately(path);
            database._connection.Open();

            // FULL syncs the log at every commit: what is acknowledged survives a power cut.
            database.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 1000;");
            database.Migrate(path);
            return database;
        }
        catch (SqliteException damage) when (damage.SqliteErrorCode is Corrupt or NotADatabase)
        {
            database.Dispose();
            throw new StoreException($"The store '{path}' is damaged ({damage.Message.TrimEnd('.')}). Move it away, together with {Path.GetFileName(path)}-wal and -shm: the agent makes a new one and fetches its configs again.", damage);
        }
        catch (Exception failure) when (failure is SqliteException or IOException or UnauthorizedAccessException)
        {
            database.Dispose();
            throw new StoreException($"The store '{path}' cannot be opened: {failure.Message.TrimEnd('.')}. Check its permissions and the free space of its disk.", failure);
        }
        catch (StoreException)
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Everything in <paramref name="work"/> or nothing; durable when it returns.</summary>
    public void Transact(Action work)
    {
        using var transaction = _connection.BeginTransaction();
        _transaction = transaction;
        try
        {
            work();
            transaction.Commit();
        }
        finally
        {
            _transaction = null;
        }
    }

    public void Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(sql, parameters);
        command.ExecuteNonQuery();
    }

    public IReadOnlyList<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(sql, parameters);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    public void Dispose() => _connection.Dispose();

    /// <summary>Configs may hold secrets: they are for the agent's user alone, whatever its umask. SQLite's other files take the mode over.</summary>
    private static void CreatePrivately(string path)
    {
        const UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, UnixCreateMode = mode });
        File.SetUnixFileMode(file.SafeFileHandle, mode);
    }

    private void Migrate(string path)
    {
        var version = Query("PRAGMA user_version", row => row.GetInt32(0))[0];
        if (version > Schema.Migrations.Count)
        {
            throw new StoreException($"The store '{path}' was written by a newer miru-agent (schema {version}, this one knows {Schema.Migrations.Count}). Install that version again, or give this one another miru.state-directory.");
        }

        for (; version < Schema.Migrations.Count; version++)
        {
            var next = (version + 1).ToString(CultureInfo.InvariantCulture);
            Transact(() => Execute(Schema.Migrations[version] + $"PRAGMA user_version = {next};"));
        }
    }

    private SqliteCommand Command(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = _transaction;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }
}
