namespace Miru.Agent.Deployments;

/// <summary>What to do next with one deployment.</summary>
internal enum DeploymentStep
{
    /// <summary>It is as it should be, or nothing can be done.</summary>
    None,

    /// <summary>Write its files and make it current.</summary>
    Deploy,

    /// <summary>Remove its files, then call it archived.</summary>
    Withdraw,

    /// <summary>Call it archived; it has no files.</summary>
    Archive,

    /// <summary>There is work, but not now: a cooldown runs, or another deployment must take its place first.</summary>
    Wait,
}
