using System.Globalization;

namespace Miru.Agent.Configs;

/// <summary>Finds out which schema a store has, and brings it to the one this agent knows.</summary>
internal static class SchemaUpgrade
{
    /// <summary>The store's version. Nothing is changed.</summary>
    /// <param name="hasHistory">It is known to have held something, so an empty one is no new one.</param>
    /// <exception cref="StoreDamageException">Its header and its tables disagree, or it lost what it had.</exception>
    /// <exception cref="StoreException">It is of a newer agent.</exception>
    public static int CheckedVersion(ConfigDatabase database, string path, bool hasHistory)
    {
        var version = database.Query("PRAGMA user_version", row => row.GetInt32(0))[0];
        if (version == Schema.Migrations.Count)
        {
            SchemaSeal.Check(database, version);
            return version;
        }

        var isEmpty = database.Query("SELECT COUNT(*) FROM sqlite_schema", row => row.GetInt64(0))[0] == 0;
        if (isEmpty && hasHistory)
        {
            throw new StoreDamageException("it is empty and was not");
        }

        if ((SchemaSeal.StatedVersion(database) is { } stated && stated != version) || (version == 0) != isEmpty)
        {
            throw new StoreDamageException($"its header says schema {version} and its tables do not");
        }

        return version < Schema.Migrations.Count ? version : throw new StoreException(
            $"The store '{path}' was written by a newer miru-agent (schema {version}, this one knows {Schema.Migrations.Count}). Install that version again, or give this one another miru.state-directory.");
    }

    /// <summary>Takes the steps that a store of <paramref name="version"/> has not taken.</summary>
    public static void Run(ConfigDatabase database, int version)
    {
        if (version == Schema.Migrations.Count)
        {
            return;
        }

        database.Define("seal", row => RowSeal.Of((string)row[0]!, row.AsSpan(1)));
        for (; version < Schema.Migrations.Count; version++)
        {
            database.Transact(() => Step(database, version + 1));
        }
    }

    /// <summary>One step, its number and its seal: all or nothing, so a store is never between two versions.</summary>
    private static void Step(ConfigDatabase database, int version)
    {
        database.Run(Schema.Migrations[version - 1] + $"PRAGMA user_version = {version.ToString(CultureInfo.InvariantCulture)};");
        if (version >= SchemaSeal.FirstVersion)
        {
            SchemaSeal.Save(database, version);
        }
    }
}
