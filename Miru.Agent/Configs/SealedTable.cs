namespace Miru.Agent.Configs;

/// <summary>The shape of a table whose rows carry a <see cref="RowSeal"/>: written with it, and never read without checking it.</summary>
/// <param name="Name">The table.</param>
/// <param name="Columns">What is sealed, in this order.</param>
/// <param name="NumberedBy">The column with a number that SQLite gives each row; it stands outside the seal.</param>
internal sealed record SealedTable(string Name, IReadOnlyList<string> Columns, string? NumberedBy = null)
{
    // The key is what it was, and to write it all the same would make SQLite take the row out, look for rows that refer to it, and put it in again.
    private readonly string _save =
        $"INSERT INTO {Name} ({string.Join(", ", Columns)}, seal) VALUES ({string.Join(", ", Columns.Append("seal").Select(_ => "?"))}) "
        + $"ON CONFLICT DO UPDATE SET {string.Join(", ", Columns.Append("seal").Skip(1).Select(column => $"{column} = excluded.{column}"))}";

    private readonly string _select = $"SELECT {string.Join(", ", Columns)}, seal{(NumberedBy is null ? "" : $", {NumberedBy}")} FROM {Name} ";

    /// <summary>Where the row's number is read: after the sealed columns and the seal.</summary>
    public int NumberColumn => Columns.Count + 1;

    /// <summary>What rows are ordered by on the disk.</summary>
    public string Key => NumberedBy ?? Columns[0];

    /// <summary>Writes a row, over the one of the same key if there is one.</summary>
    public void Save(ConfigDatabase database, params ReadOnlySpan<object?> values) => database.Execute(_save, [.. values, RowSeal.Of(Name, values)]);

    /// <summary>Reads the rows that <paramref name="tail"/> (WHERE, ORDER BY, LIMIT) leaves.</summary>
    /// <exception cref="StoreDamageException">A row is not what was written.</exception>
    public IReadOnlyList<T> Read<T>(ConfigDatabase database, string tail, Func<StoredRow, T> read, params ReadOnlySpan<object?> values) =>
        database.Query(_select + tail, row => read(Intact(row)), values);

    /// <inheritdoc cref="Read"/>
    public void ForEach(ConfigDatabase database, string tail, Action<StoredRow> take, params ReadOnlySpan<object?> values) =>
        database.ForEach(_select + tail, row => take(Intact(row)), values);

    /// <summary>Whether the row, read by this table's select, is what was written.</summary>
    public bool IsIntact(StoredRow row) =>
        row.TypeOf(Columns.Count) == SqliteCalls.Integer && RowSeal.Fits(row.GetInt64(Columns.Count), Name, row, Columns.Count);

    private StoredRow Intact(StoredRow row) =>
        IsIntact(row) ? row : throw new StoreDamageException($"a row of its table '{Name}' is not what was written");
}
