namespace Miru.Agent.Deployments.Drift;

/// <summary>How a file differs from what was deployed. Its name in lower case stands in the event log and in the status.</summary>
internal enum DriftKind
{
    /// <summary>A regular file with other bytes.</summary>
    Changed,

    /// <summary>Nothing stands there, in a directory that does.</summary>
    Missing,

    /// <summary>A link, a directory or something else has taken its place, or that of a directory on the way.</summary>
    Replaced,

    /// <summary>
    /// It cannot be said: the allowed root is gone, may not be entered or cannot be read, or another file system stands there than before.
    /// </summary>
    Unreachable,
}
