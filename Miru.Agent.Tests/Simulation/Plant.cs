namespace Miru.Agent.Tests.Simulation;

/// <summary>A bug put in on purpose, to see that the simulation finds it.</summary>
internal enum Plant
{
    None,

    /// <summary>The store forgets removals: who resumes keeps what is gone.</summary>
    LostTombstone,

    /// <summary>One pushed config gets lost on its way.</summary>
    LostPush,

    /// <summary>A store that began a new life still calls itself by the old name.</summary>
    ReusedEpoch,

    /// <summary>While one application is behind, nobody else is served.</summary>
    SharedFate,
}
