using Microsoft.Data.Sqlite;

namespace Miru.Agent.Configs;

/// <summary>Statements of one connection, kept for the next time: parsing all of them costs a commit nearly a millisecond.</summary>
internal sealed class PreparedStatements(SqliteConnection connection) : IDisposable
{
    /// <summary>The store has a few dozen statements; more than this many texts would be a bug, and cost only their preparation.</summary>
    private const int MostKept = 128;

    private readonly Dictionary<string, StoreStatement> _kept = new(StringComparer.Ordinal);

    /// <summary>One that nobody uses; to be given back.</summary>
    /// <exception cref="SqliteException">It cannot be prepared.</exception>
    public StoreStatement Borrow(string sql)
    {
        var isKnown = _kept.TryGetValue(sql, out var statement);
        if (statement is not { IsBorrowed: false })
        {
            statement = new StoreStatement(connection.Handle!, sql) { IsKept = !isKnown && _kept.Count < MostKept };
            if (statement.IsKept)
            {
                _kept.Add(sql, statement);
            }
        }

        statement.IsBorrowed = true;
        return statement;
    }

    public static void Return(StoreStatement statement)
    {
        if (statement.IsKept)
        {
            statement.Reset();
            statement.IsBorrowed = false;
        }
        else
        {
            statement.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (var statement in _kept.Values)
        {
            statement.Dispose();
        }
    }
}
