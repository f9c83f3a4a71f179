using Microsoft.Data.Sqlite;

namespace Miru.Agent.Configs;

/// <summary>The shape of a table whose rows carry a <see cref="RowSeal"/>: written with it, and never read without checking it.</summary>
/// <param name="Name">The table.</param>
/// <param name="Columns">What is sealed, in this order.</param>
/// <param name="NumberedBy">The column with a number that SQLite gives each row; it stands outside the seal.</param>
internal sealed record SealedTable(string Name, IReadOnlyList<string> Columns, string? NumberedBy = null)
{
    private readonly string _save =
        $"INSERT INTO {Name} ({string.Join(", ", Columns)}, seal) VALUES ({string.Join(", ", Columns.Select(column => '$' + column))}, $seal) "
        + $"ON CONFLICT DO UPDATE SET {string.Join(", ", Columns.Append("seal").Select(column => $"{column} = excluded.{column}"))}";

    private readonly string _select = $"SELECT {string.Join(", ", Columns)}, seal{(NumberedBy is null ? "" : $", {NumberedBy}")} FROM {Name} ";

    /// <summary>Where the row's number is read: after the sealed columns and the seal.</summary>
    public int NumberColumn => Columns.Count + 1;

    /// <summary>What rows are ordered by on the disk.</summary>
    public string Key => NumberedBy ?? Columns[0];

    /// <summary>Writes a row, over the one of the same key if there is one.</summary>
    public void Save(ConfigDatabase database, params ReadOnlySpan<object?> values)
    {
        var parameters = new (string, object?)[Columns.Count + 1];
        for (var i = 0; i < Columns.Count; i++)
        {
            parameters[i] = ('$' + Columns[i], values[i]);
        }

        parameters[^1] = ("$seal", RowSeal.Of(Name, values));
        database.Execute(_save, parameters);
    }

    /// <summary>Reads the rows that <paramref name="tail"/> (WHERE, ORDER BY, LIMIT) leaves.</summary>
    /// <exception cref="StoreDamageException">A row is not what was written.</exception>
    public IReadOnlyList<T> Read<T>(ConfigDatabase database, string tail, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        database.Query(
            _select + tail,
            row => IsIntact(row) ? read(row) : throw new StoreDamageException($"a row of its table '{Name}' is not what was written"),
            parameters);

    /// <summary>Whether the row under the reader, read by this table's select, is what was written.</summary>
    public bool IsIntact(SqliteDataReader row)
    {
        var values = new object?[Columns.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = row.GetValue(i);
        }

        return row.GetValue(Columns.Count) is long seal && seal == RowSeal.Of(Name, values);
    }
}
