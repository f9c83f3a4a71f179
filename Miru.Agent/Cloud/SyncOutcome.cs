namespace Miru.Agent.Cloud;

/// <summary>How a sync ended.</summary>
internal enum SyncOutcome
{
    /// <summary>What the cloud wanted after the question is in the store.</summary>
    Done,

    /// <summary>The cloud could not be asked, or did not answer usefully.</summary>
    NotReady,

    /// <summary>Too many wait already, or the cloud asked for patience.</summary>
    TooMany,

    /// <summary>The cloud answered, and the disk would not take it.</summary>
    NotStored,
}
