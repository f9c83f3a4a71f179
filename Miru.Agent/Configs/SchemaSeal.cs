using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Miru.Agent.Configs;

/// <summary>
/// The schema as the last migration left it, sealed beside its version. A damaged header would otherwise pass for the store of
/// another agent, and a damaged column for one that is empty.
/// </summary>
internal static class SchemaSeal
{
    /// <summary>The first schema that has seals.</summary>
    public const int FirstVersion = 3;

    /// <summary>SQLITE_ERROR: a table or column that every store has is not there.</summary>
    private const int NoSuchThing = 1;

    public static void Save(ConfigDatabase database, int version) =>
        new MetaTable(database).Set(MetaTable.Schema, Text(database, version));

    /// <exception cref="StoreDamageException">The schema is not the one of <paramref name="version"/> as it was written.</exception>
    public static void Check(ConfigDatabase database, int version)
    {
        try
        {
            if (new MetaTable(database).All().GetValueOrDefault(MetaTable.Schema) != Text(database, version))
            {
                throw new StoreDamageException("its schema is not what was written");
            }
        }
        catch (SqliteException unreadable) when (unreadable.SqliteErrorCode == NoSuchThing)
        {
            throw new StoreDamageException($"its schema cannot be read: {unreadable.Message}", unreadable);
        }
    }

    /// <summary>The version that the store says it has beside its header; null if it says none or cannot be asked.</summary>
    public static int? StatedVersion(ConfigDatabase database)
    {
        try
        {
            var text = new MetaTable(database).All().GetValueOrDefault(MetaTable.Schema);
            return text is null ? null : int.Parse(text.Split(':')[0], CultureInfo.InvariantCulture);
        }
        catch (Exception unreadable) when (unreadable is SqliteException or StoreDamageException or FormatException or OverflowException)
        {
            return null;
        }
    }

    private static string Text(ConfigDatabase database, int version)
    {
        var objects = database.Query(
            "SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema ORDER BY name",
            row => (object?)RowSeal.Of("sqlite_schema", row, row.Columns));
        var seal = RowSeal.Of("schema", [.. objects]);
        return string.Create(CultureInfo.InvariantCulture, $"{version}:{seal:x16}");
    }
}
