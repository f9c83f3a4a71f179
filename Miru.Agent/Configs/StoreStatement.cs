using System.Buffers;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Miru.Agent.Configs;

/// <summary>One statement of an open database, parsed once and run as often as needed.</summary>
internal sealed unsafe class StoreStatement : IDisposable
{
    private readonly sqlite3 _database;
    private nint _statement;

    public StoreStatement(sqlite3 database, string sql)
    {
        _database = database;
        var text = Encoding.UTF8.GetBytes(sql);
        fixed (byte* start = text)
        {
            Check(SqliteCalls.Prepare(database.DangerousGetHandle(), start, text.Length, SqliteCalls.Persistent, out _statement, 0));
        }
    }

    /// <summary>It is run again and again; otherwise once.</summary>
    public bool IsKept { get; init; }

    /// <summary>Somebody is at one of its rows.</summary>
    public bool IsBorrowed { get; set; }

    /// <summary>The row it stands at.</summary>
    public StoredRow Row => new(_statement);

    /// <summary>Gives its <c>?</c> their values, in order: whole numbers, texts, bytes, nulls.</summary>
    public void Bind(ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            Check(Bind(i + 1, values[i]));
        }
    }

    /// <summary>Goes to the next row; false if there is none.</summary>
    /// <exception cref="SqliteException">SQLite refused.</exception>
    public bool Step()
    {
        var result = SqliteCalls.Step(_statement);
        if (result is not (SqliteCalls.Row or SqliteCalls.Done))
        {
            SqliteException.ThrowExceptionForRC(result, _database);
        }

        return result == SqliteCalls.Row;
    }

    /// <summary>Ends the run, however it went; what it said of a failure was said by <see cref="Step"/>.</summary>
    public void Reset()
    {
        _ = SqliteCalls.Reset(_statement);
        _ = SqliteCalls.ClearBindings(_statement);
    }

    public void Dispose()
    {
        _ = SqliteCalls.Finish(_statement);
        _statement = 0;
    }

    private int Bind(int place, object? value) => value switch
    {
        null => SqliteCalls.BindNull(_statement, place),
        string text => BindText(place, text),
        long number => SqliteCalls.BindNumber(_statement, place, number),
        int number => SqliteCalls.BindNumber(_statement, place, number),
        byte[] bytes => BindBytes(place, bytes),
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "Not a type that the store keeps."),
    };

    private int BindText(int place, string text)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        fixed (byte* start = buffer)
        {
            var length = Encoding.UTF8.GetBytes(text, buffer);
            var result = SqliteCalls.BindText(_statement, place, start, length, SqliteCalls.Transient);
            ArrayPool<byte>.Shared.Return(buffer);
            return result;
        }
    }

    private int BindBytes(int place, byte[] bytes)
    {
        fixed (byte* start = bytes)
        {
            // SQLite takes no bytes at no address for null.
            return start is null
                ? SqliteCalls.BindZeros(_statement, place, 0)
                : SqliteCalls.BindBlob(_statement, place, start, bytes.Length, SqliteCalls.Transient);
        }
    }

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _database);
}
