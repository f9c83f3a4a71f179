namespace Miru.Agent.Deployments.Drift;

/// <summary>
/// Tells when something happens in directories. A hint and no proof: events may be missing, late, or of the agent's own making. It was handed
/// somebody to call when there is something to <see cref="Drain"/>; that happens once, and again only after the drain.
/// </summary>
internal interface IFileWatch : IDisposable
{
    /// <summary>Watches these directories, and no others any more.</summary>
    /// <returns>How many of them cannot be watched: not there, not to be read, or more than the kernel or the agent allows.</returns>
    int Watch(IReadOnlyList<string> directories);

    /// <summary>What happened since the last time.</summary>
    WatchedChanges Drain();
}
