namespace Miru.Agent.Deployments.Drift;

/// <summary>What a look at a file asks for.</summary>
internal enum DriftStep
{
    /// <summary>Nothing: it is as it should be, or all was said and done.</summary>
    None,

    /// <summary>A drift that was reported is over, and not by the agent.</summary>
    Healed,

    /// <summary>It has drifted, as far as can be said while applies may be under way.</summary>
    Check,
}
