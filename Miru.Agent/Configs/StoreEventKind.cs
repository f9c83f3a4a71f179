namespace Miru.Agent.Configs;

/// <summary>What can happen to a device's configs. Stored by name: a name that shipped never changes.</summary>
internal enum StoreEventKind
{
    /// <summary>The cloud named a deployment that this device had not heard of.</summary>
    Accepted,

    /// <summary>Its files are in place and it is current.</summary>
    Applied,

    /// <summary>It can never be applied as it is.</summary>
    Refused,

    /// <summary>This computer could not apply it now; only the first failure in a row is an event.</summary>
    Failed,

    /// <summary>Its files are gone and nothing took their place.</summary>
    Withdrawn,

    /// <summary>It is over.</summary>
    Archived,

    /// <summary>Somebody asked for an earlier deployment; it stays until the cloud names another.</summary>
    RolledBack,

    /// <summary>The device follows the cloud again.</summary>
    RollbackEnded,

    /// <summary>A deployed file was changed behind the agent's back.</summary>
    Drifted,

    /// <summary>A drifted file is what it should be again.</summary>
    Repaired,

    /// <summary>The store was found damaged and is kept aside.</summary>
    Quarantined,

    /// <summary>What could be read of a damaged store is served from a new one.</summary>
    Recovered,

    /// <summary>The disk refused a write.</summary>
    StorageFailed,

    /// <summary>The disk takes writes again.</summary>
    StorageRecovered,

    /// <summary>A file of somebody else's was set aside, or something else an operator should know of a file.</summary>
    FileNotice,
}
