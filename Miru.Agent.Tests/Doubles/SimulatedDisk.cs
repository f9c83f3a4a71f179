using Miru.Agent.Deployments.Files;

namespace Miru.Agent.Tests.Doubles;

/// <summary>
/// A file system in memory that knows what a power cut would leave. A file's bytes are safe once they were synced, a name once its
/// directory was; of everything else the cut decides by lot, each name and each file for itself, which is more than journaling file
/// systems allow themselves.
/// </summary>
/// <param name="losesSyncs">The control arm: syncs report success and do nothing.</param>
internal sealed class SimulatedDisk(bool losesSyncs = false) : IFileSystem
{
    private readonly Node _top = new(FileKind.Directory);
    private ulong _inodes;

    /// <summary>How often anything was synced.</summary>
    public int Syncs { get; private set; }

    public IDirectory? OpenRoot(string path) => Find(path) is { Kind: FileKind.Directory } node ? new Handle(this, node) : null;

    public void CreateRoot(string path)
    {
        var node = _top;
        foreach (var name in path[1..].Split('/'))
        {
            if (!node.Names.TryGetValue(name, out var child))
            {
                child = node.Names[name] = New(FileKind.Directory);
                node.DurableNames[name] = child;
            }

            node = child;
        }
    }

    /// <summary>The bytes at a path, or null.</summary>
    public byte[]? Read(string path) => Find(path)?.Bytes;

    /// <summary>Puts bytes there as if they had been there for long.</summary>
    public void Put(string path, byte[] bytes)
    {
        CreateRoot(Path.GetDirectoryName(path)!);
        var directory = Find(Path.GetDirectoryName(path)!)!;
        var file = New(FileKind.Regular);
        file.Bytes = file.DurableBytes = bytes;
        directory.Names[Path.GetFileName(path)] = directory.DurableNames[Path.GetFileName(path)] = file;
    }

    public IEnumerable<string> NamesIn(string path) => Find(path)?.Names.Keys.Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>();

    /// <summary>The power is cut, and comes back.</summary>
    public void Cut(Random random) => Cut(_top, random, []);

    private static void Cut(Node node, Random random, HashSet<Node> seen)
    {
        if (!seen.Add(node))
        {
            return;
        }

        if (node.DurableBytes != node.Bytes)
        {
            node.Bytes = random.Next(3) switch
            {
                0 => node.Bytes,
                1 => node.DurableBytes ?? [],
                _ => node.Bytes[..random.Next(node.Bytes.Length + 1)],
            };
            node.DurableBytes = node.Bytes;
        }

        foreach (var name in node.Names.Keys.Union(node.DurableNames.Keys).ToList())
        {
            var source = random.Next(2) == 0 ? node.Names : node.DurableNames;
            Set(node.Names, name, source.GetValueOrDefault(name));
        }

        node.DurableNames = new Dictionary<string, Node>(node.Names);
        foreach (var child in node.Names.Values)
        {
            Cut(child, random, seen);
        }
    }

    private static void Set(Dictionary<string, Node> names, string name, Node? node)
    {
        if (node is null)
        {
            names.Remove(name);
        }
        else
        {
            names[name] = node;
        }
    }

    private Node New(FileKind kind) => new(kind) { Inode = ++_inodes };

    private Node? Find(string path)
    {
        var node = _top;
        foreach (var name in path[1..].Split('/'))
        {
            if (!node.Names.TryGetValue(name, out node!))
            {
                return null;
            }
        }

        return node;
    }

    private static FileSystemException Failure(int error, string name) => new($"{name}: error {error}", error);

    private sealed class Node(FileKind kind)
    {
        public FileKind Kind => kind;

        public ulong Inode { get; init; }

        public byte[] Bytes { get; set; } = [];

        public byte[]? DurableBytes { get; set; } = kind == FileKind.Directory ? [] : null;

        public UnixFileMode Mode { get; set; } = UnixFileMode.UserRead;

        public Dictionary<string, Node> Names { get; } = [];

        public Dictionary<string, Node> DurableNames { get; set; } = [];
    }

    private sealed class Handle(SimulatedDisk disk, Node node) : IDirectory
    {
        public FileFacts? Look(string name) => node.Names.TryGetValue(name, out var found)
            ? new FileFacts(found.Kind, found.Bytes.Length, found.Mode, default, (1, found.Inode))
            : null;

        public IDirectory Enter(string name) =>
            node.Names.TryGetValue(name, out var found) && found.Kind == FileKind.Directory ? new Handle(disk, found) : throw Failure(Errno.NotDirectory, name);

        public void CreateDirectory(string name) => Add(name, disk.New(FileKind.Directory));

        public byte[]? Read(string name, long limit) =>
            node.Names.TryGetValue(name, out var found) && found.Kind == FileKind.Regular && found.Bytes.Length <= limit ? found.Bytes : null;

        public bool WriteNew(string name, ReadOnlySpan<byte> content, UnixFileMode mode, FileOwner? owner)
        {
            var file = disk.New(FileKind.Regular);
            file.Bytes = content.ToArray();
            file.Mode = mode;
            Add(name, file);
            disk.Syncs++;
            if (!disk.LosesSyncs)
            {
                file.DurableBytes = file.Bytes;
            }

            return true;
        }

        public void Link(string name, string second) => Add(second, node.Names.TryGetValue(name, out var found) ? found : throw Failure(Errno.NoEntry, name));

        public void Rename(string from, string to)
        {
            if (!node.Names.Remove(from, out var moved))
            {
                throw Failure(Errno.NoEntry, from);
            }

            node.Names[to] = moved;
        }

        public void Delete(string name) => node.Names.Remove(name);

        public void Sync()
        {
            disk.Syncs++;
            if (!disk.LosesSyncs)
            {
                node.DurableNames = new Dictionary<string, Node>(node.Names);
            }
        }

        public void CheckRoom(long bytes)
        {
        }

        public void Dispose()
        {
        }

        private void Add(string name, Node child)
        {
            if (!node.Names.TryAdd(name, child))
            {
                throw Failure(Errno.Exists, name);
            }
        }
    }

    private bool LosesSyncs => losesSyncs;
}
