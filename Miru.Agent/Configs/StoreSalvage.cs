using System.Buffers.Binary;
using Microsoft.Data.Sqlite;

namespace Miru.Agent.Configs;

/// <summary>
/// Copies what is intact from a damaged store to a new one: rows whose seal is right, contents whose digest is. Each table is read from
/// both of its ends, so that one bad page costs what is on it and not what is behind it.
/// </summary>
internal static class StoreSalvage
{
    /// <summary>Bytes of a page, which is SQLite's default.</summary>
    private const int PageSize = 4096;

    /// <summary>Where the header says how many pages there are.</summary>
    private const int PageCountAt = 28;

    /// <param name="damaged">A copy of the store; it is changed.</param>
    /// <param name="successor">The empty store that <paramref name="into"/> is.</param>
    public static void CopyIntact(string damaged, string successor, ConfigDatabase into)
    {
        if (!File.Exists(damaged))
        {
            return;
        }

        WalReplay.Run(damaged);
        if (!TryCopy(damaged, into))
        {
            // Its first page, with the places of all tables, is damaged. In most stores they are where a new one has them, and where they
            // are not, no seal is right.
            BorrowFirstPage(damaged, successor, into);
            TryCopy(damaged, into);
        }
    }

    /// <returns>Whether all tables were where they were put.</returns>
    private static bool TryCopy(string damaged, ConfigDatabase into)
    {
        var from = Open(damaged, out var schemaIsIntact);
        if (from is null)
        {
            return false;
        }

        using (from)
        {
            // One transaction: a disk that syncs for every row would make a long story of it. A child may have lost its parent; whoever
            // begins the new store looks after that.
            into.Run("PRAGMA foreign_keys = OFF");
            into.Transact(() =>
            {
                CopyContents(from, into);
                foreach (var table in Schema.SealedTables)
                {
                    CopyRows(from, into, table);
                }
            });
            into.Run("PRAGMA foreign_keys = ON");
        }

        return schemaIsIntact;
    }

    private static void BorrowFirstPage(string damaged, string successor, ConfigDatabase into)
    {
        into.Run("PRAGMA wal_checkpoint(TRUNCATE)");
        var page = new byte[PageSize];
        using (var from = File.OpenHandle(successor))
        {
            RandomAccess.Read(from, page, 0);
        }

        using var file = File.OpenHandle(damaged, FileMode.Open, FileAccess.ReadWrite);
        BinaryPrimitives.WriteUInt32BigEndian(page.AsSpan(PageCountAt), (uint)(RandomAccess.GetLength(file) / PageSize));
        RandomAccess.Write(file, page, 0);
    }

    /// <summary>A store of an older schema is brought to this one first, where it still can be.</summary>
    private static ConfigDatabase? Open(string damaged, out bool schemaIsIntact)
    {
        schemaIsIntact = true;
        try
        {
            return ConfigDatabase.Open(damaged);
        }
        catch (Exception unusable) when (unusable is StoreDamageException or StoreException)
        {
            schemaIsIntact = false;
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
            if (ContentTable.IsIntact(row, 0))
            {
                Write(() => contents.Keep(row.GetString(0), row.GetBytes(1)!));
            }
        });
    }

    private static void CopyRows(ConfigDatabase from, ConfigDatabase into, SealedTable table)
    {
        var names = string.Join(", ", table.NumberedBy is { } number ? table.Columns.Append("seal").Append(number) : table.Columns.Append("seal"));
        var places = string.Join(", ", Enumerable.Repeat("?", table.Columns.Count + (table.NumberedBy is null ? 1 : 2)));
        var insert = $"INSERT OR IGNORE INTO {table.Name} ({names}) VALUES ({places})";
        BothWays(from, $"SELECT {names} FROM {table.Name} ORDER BY {table.Key}", row =>
        {
            if (table.IsIntact(row) && !(table == MetaTable.Table && row.GetString(0) == MetaTable.Schema))
            {
                var values = Enumerable.Range(0, row.Columns).Select(row.GetValue).ToArray();
                Write(() => into.Execute(insert, values));
            }
        });
    }

    private static void BothWays(ConfigDatabase from, string select, Action<StoredRow> take)
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
