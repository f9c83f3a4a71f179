using Microsoft.Data.Sqlite;

namespace Miru.Agent.Configs;

/// <summary>
/// Copies what is intact from a damaged store to a new one: rows whose seal is right, contents whose digest is. Each table is read from
/// both of its ends, so that one bad page costs what is on it and not what is behind it.
/// </summary>
internal static class StoreSalvage
{
    /// <param name="damaged">A copy of the store; SQLite may change it.</param>
    /// <param name="into">An empty store.</param>
    public static void CopyIntact(string damaged, ConfigDatabase into)
    {
        if (!File.Exists(damaged) || Open(damaged) is not { } from)
        {
            return;
        }

        using (from)
        {
            // A child may have lost its parent; whoever begins the new store looks after that.
            into.Execute("PRAGMA foreign_keys = OFF");
            into.Transact(() =>
            {
                CopyContents(from, into);
                foreach (var table in Schema.SealedTables)
                {
                    CopyRows(from, into, table);
                }
            });
            into.Execute("PRAGMA foreign_keys = ON");
        }
    }

    /// <summary>A store of an older schema is brought to this one first, where it still can be.</summary>
    private static ConfigDatabase? Open(string damaged)
    {
        try
        {
            return ConfigDatabase.Open(damaged);
        }
        catch (Exception unusable) when (unusable is StoreDamageException or StoreException)
        {
            try
            {
                return ConfigDatabase.OpenAsIs(damaged, writable: true);
            }
            catch (Exception unreadable) when (unreadable is StoreDamageException or StoreException)
            {
                return null;
            }
        }
    }

    private static void CopyContents(ConfigDatabase from, ConfigDatabase into)
    {
        var contents = new ContentTable(into);
        BothWays(from, "SELECT digest, bytes FROM contents ORDER BY rowid", row =>
        {
            if (row.GetValue(0) is string digest && row.GetValue(1) is byte[] bytes && ContentDigest.Of(bytes) == digest)
            {
                Write(() => contents.Keep(digest, bytes));
            }
        });
    }

    private static void CopyRows(ConfigDatabase from, ConfigDatabase into, SealedTable table)
    {
        var names = string.Join(", ", table.NumberedBy is { } number ? table.Columns.Append("seal").Append(number) : table.Columns.Append("seal"));
        var places = string.Join(", ", Enumerable.Range(0, table.Columns.Count + (table.NumberedBy is null ? 1 : 2)).Select(i => $"${i}"));
        var insert = $"INSERT OR IGNORE INTO {table.Name} ({names}) VALUES ({places})";
        BothWays(from, $"SELECT {names} FROM {table.Name} ORDER BY {table.Key}", row =>
        {
            if (table.IsIntact(row) && !(table == MetaTable.Table && row.GetString(0) == MetaTable.Schema))
            {
                var values = new (string, object?)[row.FieldCount];
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = ($"${i}", row.GetValue(i));
                }

                Write(() => into.Execute(insert, values));
            }
        });
    }

    private static void BothWays(ConfigDatabase from, string select, Action<SqliteDataReader> take)
    {
        foreach (var direction in (string[])["ASC", "DESC"])
        {
            try
            {
                from.ForEach($"{select} {direction}", take);
                return;
            }
            catch (Exception damage) when (damage is StoreDamageException or SqliteException)
            {
                // What lies before the damage is copied; the other direction copies what lies behind it.
            }
        }
    }

    /// <summary>A new store that cannot be written must not pass for an old one that cannot be read.</summary>
    private static void Write(Action write)
    {
        try
        {
            write();
        }
        catch (Exception refused) when (refused is SqliteException or StoreDamageException)
        {
            throw new IOException(refused.Message, refused);
        }
    }
}
