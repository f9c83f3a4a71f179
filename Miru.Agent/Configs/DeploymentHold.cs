namespace Miru.Agent.Configs;

/// <summary>What a rollback on this device says of a deployment, above the cloud's target; see <c>docs/rollback.md</c>.</summary>
internal enum DeploymentHold
{
    /// <summary>Nothing: the cloud's target counts.</summary>
    None,

    /// <summary>It was rolled back to, and is wanted until the cloud names a deployment that it did not name then.</summary>
    Pinned,

    /// <summary>It was rolled back from: the cloud's wish for it is known and does not count.</summary>
    Held,
}
