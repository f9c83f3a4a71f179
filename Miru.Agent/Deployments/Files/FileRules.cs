namespace Miru.Agent.Deployments.Files;

/// <summary>What the local settings say about files.</summary>
/// <param name="AllowedRoots">Directories below which files may be written.</param>
/// <param name="NewFileMode">Permission bits of a file where none was.</param>
/// <param name="KeepsModes">A file that replaces another has the mode of that; otherwise it has <paramref name="NewFileMode"/> too.</param>
/// <param name="LargestConfig">Largest config in bytes.</param>
internal sealed record FileRules(IReadOnlyList<string> AllowedRoots, UnixFileMode NewFileMode, bool KeepsModes, int LargestConfig)
{
    public UnixFileMode ModeOver(UnixFileMode replaced) => KeepsModes ? replaced : NewFileMode;

    /// <summary>A file larger than every config is no config, and is not read to find that out.</summary>
    public long LargestRead(WantedFile file) => Math.Max(file.Content.Length, LargestConfig);
}
