namespace Miru.Agent.Configs;

/// <summary>Where the parts of a store are.</summary>
internal sealed record StoreFiles(string Directory)
{
    public string Database => Path.Combine(Directory, "store.db");

    /// <summary>See <see cref="StoreMark"/>.</summary>
    public string Mark => Path.Combine(Directory, "store.mark");

    /// <summary>The successor of a damaged store while it is made. Complete as soon as <see cref="Database"/> is gone.</summary>
    public string Successor => Path.Combine(Directory, "store.next");

    /// <summary>Copies of a damaged store, to read from. SQLite changes what it opens, and the originals are evidence.</summary>
    public string Copies => Path.Combine(Directory, "salvage");

    /// <summary>Damaged stores, one directory each. Only people delete them.</summary>
    public string Quarantine => Path.Combine(Directory, "quarantine");

    /// <summary>SQLite's files of one database.</summary>
    public static IEnumerable<string> Of(string database) => [database, database + "-wal", database + "-shm"];
}
