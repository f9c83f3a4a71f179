namespace Miru.Agent.Health;

/// <summary>How the agent stands with the cloud.</summary>
internal enum CloudState
{
    /// <summary>No attempt has ended yet.</summary>
    Starting,

    /// <summary>The last attempt brought what the cloud wants.</summary>
    Reachable,

    /// <summary>The last attempt failed.</summary>
    Unreachable,

    /// <summary>This device has no identity, so the cloud is not asked.</summary>
    NotProvisioned,
}
