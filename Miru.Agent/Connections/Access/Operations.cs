namespace Miru.Agent.Connections.Access;

/// <summary>What a peer may ask for, beyond greeting and being greeted.</summary>
[Flags]
internal enum Operations
{
    None = 0,

    /// <summary>GET, LIST and WATCH, of the configs that its rules name.</summary>
    Read = 1,

    /// <summary>SYNC: have the cloud asked now.</summary>
    Sync = 2,

    /// <summary>GET_STATUS.</summary>
    Status = 4,

    /// <summary>GET_STATUS with every connected application by name, process and user.</summary>
    Admin = 8 | Status,

    Everything = Read | Sync | Admin,
}
