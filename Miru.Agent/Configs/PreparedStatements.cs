using Microsoft.Data.Sqlite;

namespace Miru.Agent.Configs;

/// <summary>Statements of one connection, kept for the next time: parsing all of them costs a commit nearly a millisecond.</summary>
internal sealed class PreparedStatements(SqliteConnection connection) : IDisposable
{
    /// <summary>The store has a few dozen statements; more than this many texts would be a bug, and cost only their preparation.</summary>
    private const int MostKept = 128;

    private readonly Dictionary<string, StoreStatement> _idle = new(StringComparer.Ordinal);

    /// <summary>One that nobody uses; to be given back.</summary>
    /// <exception cref="SqliteException">It cannot be prepared.</exception>
    public StoreStatement Borrow(string sql) => _idle.Remove(sql, out var statement) ? statement : new StoreStatement(connection.Handle!, sql);

    public void Return(string sql, StoreStatement statement)
    {
        statement.Reset();
        if (_idle.Count >= MostKept || !_idle.TryAdd(sql, statement))
        {
            statement.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (var statement in _idle.Values)
        {
            statement.Dispose();
        }
    }
}
