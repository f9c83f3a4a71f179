namespace Miru.Agent.Deployments.Files;

/// <summary>
/// The directories below the allowed roots, each opened once, from the root downwards and never through a symbolic link. What is done
/// in them happens in the directories that were checked, even if somebody swaps a component meanwhile.
/// </summary>
internal sealed class DirectoryTree(IFileSystem files, IReadOnlyList<string> allowedRoots) : IDisposable
{
    private readonly Dictionary<string, IDirectory> _open = new(StringComparer.Ordinal);
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);

    /// <summary>Whether the path lies below a root of the present settings.</summary>
    public bool Covers(string path) => RootOf(path) is not null;

    /// <summary>The reason why a file can never be put at <paramref name="path"/> as long as things stand as they do, or null.</summary>
    public string? Obstacle(string path)
    {
        if (Walk(Path.GetDirectoryName(path)!, RootOf(path)!, create: false, out var obstacle) is not { } directory)
        {
            return obstacle;
        }

        return directory.Look(Path.GetFileName(path))?.Kind switch
        {
            null or FileKind.Regular => null,
            FileKind.SymbolicLink => Link(path),
            FileKind.Directory => $"'{path}' is a directory; move it away, or give the config another path",
            _ => $"'{path}' is a pipe, a socket or a device; move it away, or give the config another path",
        };
    }

    /// <summary>The directory of a file, or null if there is none.</summary>
    public IDirectory? Find(string path) => Walk(Path.GetDirectoryName(path)!, RootOf(path)!, create: false, out _);

    /// <summary>The directory of a file; created with those above it where there is none.</summary>
    /// <exception cref="FileSystemException">It cannot be had.</exception>
    public IDirectory FindOrCreate(string path) =>
        Walk(Path.GetDirectoryName(path)!, RootOf(path)!, create: true, out var obstacle)
        ?? throw new FileSystemException(obstacle!, Errno.NotDirectory);

    /// <summary>The directories on the way to a file that exist, from its root downwards, each with its file system.</summary>
    public IReadOnlyList<DirectoryPlace> Places(string path)
    {
        var root = RootOf(path)!;
        var places = new List<DirectoryPlace>();
        for (var end = root.Length; end > 0; end = path.IndexOf('/', end + 1))
        {
            if (Walk(path[..end], root, create: false, out _)?.Look(".") is not { } found)
            {
                break;
            }

            places.Add(new DirectoryPlace(path[..end], found.Identity.Device));
        }

        return places;
    }

    /// <summary>The names beside this file have changed.</summary>
    public void Changed(string path) => _changed.Add(Path.GetDirectoryName(path)!);

    /// <summary>
    /// The names beside this file have changed, and the directories on the way to it may never have been made durable: an attempt that
    /// was killed could have created them.
    /// </summary>
    public void ChangedFromRoot(string path)
    {
        var root = RootOf(path)!;
        for (var directory = Path.GetDirectoryName(path)!; directory.Length >= root.Length; directory = Path.GetDirectoryName(directory)!)
        {
            _changed.Add(directory);
        }
    }

    /// <summary>Makes changed names durable, each directory once.</summary>
    public void Sync()
    {
        foreach (var directory in _changed)
        {
            _open[directory].Sync();
        }

        _changed.Clear();
    }

    public void Dispose()
    {
        foreach (var directory in _open.Values)
        {
            directory.Dispose();
        }
    }

    private static string Link(string path) => $"'{path}' is a symbolic link; the agent does not write through links";

    private string? RootOf(string path) =>
        allowedRoots.Where(root => path.StartsWith(root + "/", StringComparison.Ordinal)).MaxBy(root => root.Length);

    private IDirectory? Walk(string directory, string root, bool create, out string? obstacle)
    {
        obstacle = null;
        if (_open.TryGetValue(directory, out var open))
        {
            return open;
        }

        open = directory == root ? Root(root, create) : Below(directory, root, create, out obstacle);
        if (open is not null)
        {
            _open.Add(directory, open);
        }

        return open;
    }

    private IDirectory? Root(string root, bool create)
    {
        var open = files.OpenRoot(root);
        if (open is null && create)
        {
            files.CreateRoot(root);
            open = files.OpenRoot(root);
        }

        return open;
    }

    private IDirectory? Below(string directory, string root, bool create, out string? obstacle)
    {
        var parentPath = Path.GetDirectoryName(directory)!;
        var name = Path.GetFileName(directory);
        if (Walk(parentPath, root, create, out obstacle) is not { } parent)
        {
            return null;
        }

        switch (parent.Look(name)?.Kind)
        {
            case FileKind.Directory:
                return parent.Enter(name);

            case null when create:
                parent.CreateDirectory(name);
                _changed.Add(parentPath);
                return parent.Enter(name);

            case null:
                return null;

            case FileKind.SymbolicLink:
                obstacle = Link(directory);
                return null;

            default:
                obstacle = $"'{directory}' is a file where a directory is needed; move it away, or give the config another path";
                return null;
        }
    }
}
