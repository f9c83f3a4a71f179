namespace Miru.Agent.Cloud;

/// <summary>What follows a page of the list.</summary>
internal enum PageVerdict
{
    Complete,
    MoreFollow,

    /// <summary>More than the agent reads, whatever the server says about further pages.</summary>
    TooMany,
}
