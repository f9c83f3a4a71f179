namespace Miru.Agent.Deployments.Files;

/// <summary>
/// Refuses a path that would leave its allowed root through a symbolic link, or that a directory has taken. The root itself is the
/// operator's choice and may be a link.
/// </summary>
/// <remarks>
/// Knowingly left open: who may write into the root can swap a directory between this check and the write. Such a user can change
/// the config file itself as well.
/// </remarks>
internal static class StandingPathCheck
{
    /// <summary>The reason not to write <paramref name="path"/>, which is below one of <paramref name="allowedRoots"/>; or null.</summary>
    public static string? Violation(string path, IReadOnlyList<string> allowedRoots, IFileSystem files)
    {
        var root = allowedRoots.Where(root => path.StartsWith(root + "/", StringComparison.Ordinal)).MaxBy(root => root.Length)!;
        for (var step = path; step.Length > root.Length; step = Path.GetDirectoryName(step)!)
        {
            if (files.IsSymbolicLink(step))
            {
                return $"'{step}' is a symbolic link; the agent does not write through links";
            }
        }

        return files.DirectoryExists(path) ? $"'{path}' is a directory; move it away, or give the config another path" : null;
    }
}
