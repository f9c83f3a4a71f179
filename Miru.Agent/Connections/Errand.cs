namespace Miru.Agent.Connections;

/// <summary>What a connection cannot answer itself and has another part of the agent find out.</summary>
internal enum ErrandKind
{
    /// <summary>For SYNC: have the cloud asked, and tell when that is over.</summary>
    Sync,

    /// <summary>For GET_STATUS: gather the agent's state.</summary>
    Status,
}

/// <summary>One errand of one connection.</summary>
/// <param name="Kind">What to find out.</param>
/// <param name="Ticket">Tells its outcome from that of an earlier one which was given up.</param>
internal readonly record struct Errand(ErrandKind Kind, int Ticket);
