using Microsoft.Data.Sqlite;

namespace Miru.Cloud.Storage;

/// <summary>The little that every store says to SQLite. Values always travel as parameters.</summary>
internal static class SqlExtensions
{
    /// <summary>Number of rows changed.</summary>
    public static int Execute(this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var statement = new Statement(connection, sql, parameters);
        return statement.Command.ExecuteNonQuery();
    }

    public static List<T> Query<T>(
        this SqliteConnection connection, string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var statement = new Statement(connection, sql, parameters);
        using var reader = statement.Command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(map(reader));
        }

        return rows;
    }

    public static T? QueryFirst<T>(
        this SqliteConnection connection, string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<(string Name, object? Value)> parameters)
        where T : class
    {
        using var statement = new Statement(connection, sql, parameters);
        using var reader = statement.Command.ExecuteReader();
        return reader.Read() ? map(reader) : null;
    }

    public static long? Number(this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var statement = new Statement(connection, sql, parameters);
        return statement.Command.ExecuteScalar() as long?;
    }

    public static string? TextOrNull(this SqliteDataReader reader, string column)
    {
        var ordinal = reader.GetOrdinal(column);
        return reader.IsDBNull(ordinal) ? null : reader.GetString(ordinal);
    }

    public static string Text(this SqliteDataReader reader, string column) => reader.GetString(reader.GetOrdinal(column));

    public static long Long(this SqliteDataReader reader, string column) => reader.GetInt64(reader.GetOrdinal(column));

    public static DateTimeOffset Time(this SqliteDataReader reader, string column) => DateTimeOffset.FromUnixTimeMilliseconds(reader.Long(column));

    public static DateTimeOffset? TimeOrNull(this SqliteDataReader reader, string column) =>
        reader.IsDBNull(reader.GetOrdinal(column)) ? null : reader.Time(column);

    /// <summary>A statement with its values, borrowed from the connection.</summary>
    private readonly ref struct Statement : IDisposable
    {
        private readonly KeptConnection _lender;

        public Statement(SqliteConnection connection, string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
        {
            _lender = (KeptConnection)connection;
            Command = _lender.Borrow(sql);
            foreach (var (name, value) in parameters)
            {
                Command.Parameters.AddWithValue(name, value switch
                {
                    null => DBNull.Value,
                    DateTimeOffset time => time.ToUnixTimeMilliseconds(),
                    _ => value,
                });
            }
        }

        public SqliteCommand Command { get; }

        public void Dispose() => _lender.Return(Command);
    }
}
