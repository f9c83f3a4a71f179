namespace Miru.Sdk;

/// <summary>How far a client may be believed to hold the newest configs.</summary>
public enum MiruConnectionState
{
    /// <summary>The agent has not answered yet; there is no snapshot.</summary>
    Connecting,

    /// <summary>Connected, and in step with the agent.</summary>
    Live,

    /// <summary>The connection was lost; the snapshot is the last one known, and reconnecting goes on.</summary>
    Stale,

    /// <summary>The client was disposed.</summary>
    Closed,
}
