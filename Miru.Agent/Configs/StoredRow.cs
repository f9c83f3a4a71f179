using System.Text;

namespace Miru.Agent.Configs;

/// <summary>The row that a statement stands at; valid until the next one.</summary>
internal readonly unsafe struct StoredRow(nint statement)
{
    public int Columns => SqliteCalls.Columns(statement);

    public int TypeOf(int column) => SqliteCalls.Type(statement, column);

    public bool IsNull(int column) => TypeOf(column) == SqliteCalls.Null;

    /// <exception cref="InvalidCastException">It is null.</exception>
    public string GetString(int column) => GetText(column) ?? throw new InvalidCastException($"column {column} is null");

    /// <summary>The text, or null.</summary>
    public string? GetText(int column) => IsNull(column) ? null : Encoding.UTF8.GetString(GetUtf8(column));

    /// <summary>The text where it is; valid until the next row.</summary>
    public ReadOnlySpan<byte> GetUtf8(int column)
    {
        // The length is that of the text only after the text was asked for.
        var text = SqliteCalls.Utf8(statement, column);
        return new ReadOnlySpan<byte>(text, text is null ? 0 : SqliteCalls.Length(statement, column));
    }

    /// <summary>The whole number, or 0 if it is null.</summary>
    public long GetInt64(int column) => SqliteCalls.Number(statement, column);

    /// <exception cref="OverflowException">It has more than 32 bits.</exception>
    public int GetInt32(int column) => checked((int)GetInt64(column));

    public bool GetBoolean(int column) => GetInt64(column) != 0;

    /// <summary>The bytes, or null if it is something else.</summary>
    public byte[]? GetBytes(int column)
    {
        if (TypeOf(column) != SqliteCalls.Blob)
        {
            return null;
        }

        var bytes = SqliteCalls.Bytes(statement, column);
        return new ReadOnlySpan<byte>(bytes, bytes is null ? 0 : SqliteCalls.Length(statement, column)).ToArray();
    }

    /// <summary>A value of a sealed row as it is stored: a whole number, a text, or null.</summary>
    public object? GetValue(int column) => TypeOf(column) == SqliteCalls.Integer ? GetInt64(column) : GetText(column);
}
