using Microsoft.Data.Sqlite;

namespace Miru.Agent.Configs;

/// <summary>Looks into a store beside the agent that has it open, and changes nothing.</summary>
internal static class StoreReader
{
    /// <summary>What can be rolled back to.</summary>
    /// <exception cref="StoreException">The store cannot be read by this user or this version.</exception>
    /// <exception cref="StoreDamageException">What was read is not what was written.</exception>
    public static IReadOnlyList<Generation> Generations(StoreSettings settings) => Read(settings, tables => new DeploymentRollback(tables).Generations());

    /// <summary>Lines of the event log, oldest first.</summary>
    /// <exception cref="StoreException">The store cannot be read by this user or this version.</exception>
    /// <exception cref="StoreDamageException">What was read is not what was written.</exception>
    public static IReadOnlyList<StoreEvent> Events(StoreSettings settings, EventQuery query) => Read(settings, tables => query.After is { } after
        ? tables.Events.After(after, query.Most, query.Kinds)
        : tables.Events.Newest(query.Most, query.Kinds));

    private static T Read<T>(StoreSettings settings, Func<LedgerTables, T> read)
    {
        using var database = ConfigDatabase.OpenAsIs(settings.Files.Database);
        try
        {
            var version = database.Query("PRAGMA user_version", row => row.GetInt32(0))[0];
            return version == Schema.Migrations.Count
                ? read(new LedgerTables(database, StoreMark.None, TimeProvider.System, settings.EventsKept))
                : throw new StoreException($"The store in '{settings.Directory}' has schema {version} and this miru-agent knows {Schema.Migrations.Count}. Use the miru-agent that runs.");
        }
        catch (SqliteException failure)
        {
            throw new StoreException($"The store in '{settings.Directory}' cannot be read: {failure.Message.TrimEnd('.')}. Run this as root or as the agent's user.", failure);
        }
    }
}
