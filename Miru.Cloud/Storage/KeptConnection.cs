using Microsoft.Data.Sqlite;

namespace Miru.Cloud.Storage;

/// <summary>A connection that keeps its statements for the next time: parsing them is most of what a look at one device costs.</summary>
internal sealed class KeptConnection(string settings) : SqliteConnection(settings)
{
    /// <summary>The server has fewer statements; more texts than this would be a bug, and cost only their preparation.</summary>
    private const int MostKept = 128;

    private readonly Dictionary<string, SqliteCommand> _idle = new(StringComparer.Ordinal);

    /// <summary>One that nobody uses; to be given back.</summary>
    public SqliteCommand Borrow(string sql)
    {
        if (!_idle.Remove(sql, out var command))
        {
            command = CreateCommand();
            command.CommandText = sql;
        }

        command.Transaction = Transaction;
        return command;
    }

    public void Return(SqliteCommand command)
    {
        command.Parameters.Clear();
        if (_idle.Count >= MostKept || !_idle.TryAdd(command.CommandText, command))
        {
            command.Dispose();
        }
    }
}
