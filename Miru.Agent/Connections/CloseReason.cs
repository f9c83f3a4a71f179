namespace Miru.Agent.Connections;

/// <summary>Why the agent ends a connection, for its log and its counters.</summary>
internal enum CloseReason
{
    /// <summary>The peer closed its end, or vanished.</summary>
    PeerLeft,

    /// <summary>The peer broke a clause ([frame-5]); it was told which.</summary>
    Violation,

    /// <summary>The peer speaks HTTP ([http-1]).</summary>
    Http,

    /// <summary>No protocol version in common ([hello-2]).</summary>
    UnsupportedProtocol,

    /// <summary>Nothing was heard for three heartbeats ([beat-1]).</summary>
    Silent,

    /// <summary>The peer accepted no byte for too long ([stall-1]).</summary>
    Stalled,

    /// <summary>The agent stops ([bye-1]), or its store began a new epoch; the application reconnects and resumes.</summary>
    Goodbye,

    /// <summary>Too many connections ([limit-1]).</summary>
    Busy,
}
