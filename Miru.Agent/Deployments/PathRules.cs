using System.Text;
using Miru.Agent.Deployments.Files;

namespace Miru.Agent.Deployments;

/// <summary>
/// Where the cloud may have a file written: below an allowed root of the local settings, by a path that says what it means. Pure; whether
/// the directories on the way are what they look like is asked of the file system by <see cref="DirectoryTree.Obstacle"/>.
/// </summary>
internal static class PathRules
{
    /// <summary>Limits of Linux, in bytes: NAME_MAX, and PATH_MAX less its final zero. The rest is room for the name of a staged file.</summary>
    private const int LongestName = 255 - 32;
    private const int LongestPath = 4095 - 32;

    /// <summary>The reason why <paramref name="path"/> must not be written, or null.</summary>
    public static string? Violation(string path, IReadOnlyList<string> allowedRoots)
    {
        if (!path.StartsWith('/'))
        {
            return $"'{path}' is not an absolute path";
        }

        if (path.Any(char.IsControl))
        {
            return "a file path holds a control character";
        }

        var names = path[1..].Split('/');
        if (Array.Exists(names, name => name is "" or "." or ".."))
        {
            return $"'{path}' has an empty, '.' or '..' component";
        }

        if (Encoding.UTF8.GetByteCount(path) > LongestPath || Array.Exists(names, name => Encoding.UTF8.GetByteCount(name) > LongestName))
        {
            return $"'{path}' is too long for the file system";
        }

        if (FileNames.IsReserved(names[^1]))
        {
            return $"'{path}' ends with {FileNames.StagedSuffix}, {FileNames.OriginalSuffix} or {FileNames.ChangedSuffix}, which the agent needs for itself";
        }

        return allowedRoots.Any(root => path.StartsWith(root + "/", StringComparison.Ordinal))
            ? null
            : $"'{path}' is not below an allowed root ({string.Join(", ", allowedRoots)}); see deployments.allowed-roots";
    }

    /// <summary>The first violation among the paths of one deployment, duplicates and files that would have to be directories included.</summary>
    public static string? Violation(IReadOnlyList<string> paths, IReadOnlyList<string> allowedRoots)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            if (Violation(path, allowedRoots) is { } reason)
            {
                return reason;
            }

            if (!seen.Add(path))
            {
                return $"'{path}' is the path of two configs";
            }
        }

        return paths.FirstOrDefault(path => Ancestors(path).Any(seen.Contains)) is { } nested ? $"'{nested}' lies below the path of another config" : null;
    }

    private static IEnumerable<string> Ancestors(string path)
    {
        for (var parent = Path.GetDirectoryName(path); parent is { Length: > 1 }; parent = Path.GetDirectoryName(parent))
        {
            yield return parent;
        }
    }
}
