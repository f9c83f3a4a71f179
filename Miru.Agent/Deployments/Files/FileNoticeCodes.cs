namespace Miru.Agent.Deployments.Files;

/// <summary>Stable words for what can be said about a file: operators and tests look for them.</summary>
internal static class FileNoticeCodes
{
    /// <summary>A file that was there before the agent was replaced; a copy stands beside it.</summary>
    public const string OriginalKept = "original_kept";

    /// <summary>A file of the agent that somebody changed was replaced or removed; the change stands beside it.</summary>
    public const string ChangeKept = "change_kept";

    /// <summary>The kernel did not let the agent keep a replaced file's owner.</summary>
    public const string OwnerNotKept = "owner_not_kept";

    /// <summary>A file that is no longer part of a deployment cannot be removed.</summary>
    public const string LeftBehind = "left_behind";

    /// <summary>Something else has taken the path of a file that was to be removed; it is not the agent's and stays.</summary>
    public const string NotOurs = "not_ours";
}
