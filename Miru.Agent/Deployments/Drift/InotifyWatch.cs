using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Miru.Agent.Deployments.Drift;

/// <summary>
/// <see cref="IFileWatch"/> over inotify(7). One thread sleeps until the kernel has something; it says so once and looks away until it was
/// drained, so however much happens, what waits for the agent is one call, and the kernel's queue is bounded and says when it overflowed.
/// </summary>
internal sealed class InotifyWatch : IFileWatch
{
    /// <summary>Of some 8,000 and more that the kernel allows a user; directories beyond are left to the check on schedule.</summary>
    public const int MostDirectories = 1024;

    /// <summary>Names told in one drain; with more, anything may have happened.</summary>
    private const int MostPaths = 4096;

    private const int BufferSize = 64 * 1024;

    private readonly Action _stirred;
    private readonly SafeFileHandle _inotify = Inotify.Open();
    private readonly SafeFileHandle _signal = Inotify.OpenSignal();
    private readonly Dictionary<string, int> _watches = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> _directories = [];
    private readonly Thread _waiting;
    private volatile bool _looksAway;
    private volatile bool _stopped;

    /// <param name="stirred">Called on a thread of its own when there is something to drain; must not throw.</param>
    /// <exception cref="IOException">The kernel gives no inotify.</exception>
    public InotifyWatch(Action stirred)
    {
        _stirred = stirred;
        _waiting = new Thread(Wait) { IsBackground = true, Name = "miru-file-watch" };
        _waiting.Start();
    }

    public int Watch(IReadOnlyList<string> directories)
    {
        var wanted = directories.Take(MostDirectories).ToHashSet(StringComparer.Ordinal);
        foreach (var (directory, watch) in _watches.Where(watched => !wanted.Contains(watched.Key)).ToList())
        {
            _ = Inotify.Remove(_inotify, watch);
            Forget(watch, directory);
        }

        foreach (var directory in wanted.Where(directory => !_watches.ContainsKey(directory)))
        {
            var watch = Inotify.Add(_inotify, directory, Inotify.AnyChange | Inotify.OnlyDirectories);

            // The kernel has one watch for a directory, however many ways lead to it; the first one counts.
            if (watch >= 0 && _directories.TryAdd(watch, directory))
            {
                _watches[directory] = watch;
            }
        }

        return directories.Count - _watches.Count;
    }

    public WatchedChanges Drain()
    {
        var paths = new HashSet<string>(StringComparer.Ordinal);
        var overflowed = false;
        var buffer = new byte[BufferSize];
        while (paths.Count < MostPaths && Inotify.Read(_inotify, buffer, buffer.Length) is > 0 and var read)
        {
            for (var at = 0; at < read;)
            {
                var length = MemoryMarshal.Read<int>(buffer.AsSpan(at + 12));
                overflowed |= Take(buffer.AsSpan(at, Inotify.EventHeaderSize + length), paths);
                at += Inotify.EventHeaderSize + length;
            }
        }

        _looksAway = false;
        Signal();
        return new WatchedChanges(paths, overflowed || paths.Count >= MostPaths);
    }

    public void Dispose()
    {
        _stopped = true;
        Signal();
        _waiting.Join();
        _inotify.Dispose();
        _signal.Dispose();
    }

    /// <returns>Whether events are missing.</returns>
    private bool Take(ReadOnlySpan<byte> happened, HashSet<string> paths)
    {
        var (watch, mask) = (MemoryMarshal.Read<int>(happened), MemoryMarshal.Read<uint>(happened[4..]));
        if ((mask & Inotify.Overflow) != 0)
        {
            return true;
        }

        if (_directories.TryGetValue(watch, out var directory))
        {
            var name = happened[Inotify.EventHeaderSize..];
            var end = name.IndexOf((byte)0);
            paths.Add(end <= 0 ? directory : Path.Combine(directory, Encoding.UTF8.GetString(name[..end])));
            if ((mask & Inotify.Ignored) != 0)
            {
                Forget(watch, directory);
            }
        }

        return false;
    }

    private void Forget(int watch, string directory)
    {
        _watches.Remove(directory);
        _directories.Remove(watch);
    }

    private void Signal()
    {
        Span<byte> one = stackalloc byte[sizeof(ulong)];
        MemoryMarshal.Write(one, 1ul);
        _ = Inotify.Write(_signal, one, one.Length);
    }

    private void Wait()
    {
        Span<byte> count = stackalloc byte[sizeof(ulong)];
        Span<Inotify.PollEntry> entries = stackalloc Inotify.PollEntry[2];
        while (!_stopped)
        {
            entries[0] = new Inotify.PollEntry { Descriptor = _looksAway ? -1 : (int)_inotify.DangerousGetHandle(), Wanted = Inotify.Readable };
            entries[1] = new Inotify.PollEntry { Descriptor = (int)_signal.DangerousGetHandle(), Wanted = Inotify.Readable };
            _ = Inotify.Poll(entries, (nuint)entries.Length, -1);
            _ = Inotify.Read(_signal, count, count.Length);
            if (!_stopped && entries[0].Found != 0)
            {
                _looksAway = true;
                _stirred();
            }
        }
    }
}
