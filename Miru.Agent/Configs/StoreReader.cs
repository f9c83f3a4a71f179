using Microsoft.Data.Sqlite;

namespace Miru.Agent.Configs;

/// <summary>Looks into a store beside the agent that has it open, and changes nothing.</summary>
internal static class StoreReader
{
    /// <exception cref="StoreException">The store cannot be read by this user or this version.</exception>
    /// <exception cref="StoreDamageException">What was read is not what was written.</exception>
    public static IReadOnlyList<Generation> Generations(StoreSettings settings)
    {
        using var database = ConfigDatabase.OpenAsIs(settings.Files.Database);
        try
        {
            var version = database.Query("PRAGMA user_version", row => row.GetInt32(0))[0];
            return version == Schema.Migrations.Count
                ? new DeploymentRollback(new LedgerTables(database, StoreMark.None, TimeProvider.System, settings.EventsKept)).Generations()
                : throw new StoreException($"The store in '{settings.Directory}' has schema {version} and this miru-agent knows {Schema.Migrations.Count}. Use the miru-agent that runs.");
        }
        catch (SqliteException failure)
        {
            throw new StoreException($"The store in '{settings.Directory}' cannot be read: {failure.Message.TrimEnd('.')}. Run this as root or as the agent's user.", failure);
        }
    }
}
