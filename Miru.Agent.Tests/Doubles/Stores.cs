using Microsoft.Data.Sqlite;
using Miru.Agent.Configs;

namespace Miru.Agent.Tests.Doubles;

/// <summary>Settings and openings of stores in tests.</summary>
internal static class Stores
{
    public static StoreSettings Settings(string directory, int generations = 3, int events = 100) =>
        new(directory, StoreSettings.LargestConfig, 1024, generations, events);

    public static ConfigLedger Open(string directory, TimeProvider? time = null) => ConfigLedger.Open(Settings(directory), time ?? TimeProvider.System, out _);

    /// <summary>Says something to a store's file that no agent says. Returns the first value of the answer, if there is one.</summary>
    public static object? Sql(string directory, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Settings(directory).Files.Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
