namespace Miru.Sdk;

/// <summary>How far a client may be believed to hold the newest configs.</summary>
public enum MiruConnectionState
{
    /// <summary>There is no snapshot yet: the agent has not answered, or lets this user read no config.</summary>
    Connecting,

    /// <summary>Connected, and in step with the agent.</summary>
    Live,

    /// <summary>The connection or the right to read was lost; the snapshot is the last one known, and reconnecting goes on.</summary>
    Stale,

    /// <summary>The client was disposed.</summary>
    Closed,
}
