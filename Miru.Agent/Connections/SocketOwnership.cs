using System.Net.Sockets;
using System.Text;

namespace Miru.Agent.Connections;

/// <summary>
/// The right to serve on one socket path, from claim to dispose. Two agents never hold it together: a lock file beside the
/// socket is held longer than the socket, so no path is unlinked while somebody may be binding it. The lock file stays
/// behind on purpose; unlinking it would let two agents lock two files of one name.
/// </summary>
internal sealed class SocketOwnership : IDisposable
{
    private const UnixFileMode DirectoryMode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute |
        UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>EWOULDBLOCK, which .NET hands on as the exception's HResult: somebody else has the lock.</summary>
    private const int WouldBlock = 11;

    private readonly string _path;
    private readonly FileIdentity? _ours;
    private readonly FileStream? _lock;

    private SocketOwnership(string path, Socket listener, FileIdentity? ours, FileStream? heldLock)
    {
        _path = path;
        Listener = listener;
        _ours = ours;
        _lock = heldLock;
    }

    /// <summary>The listening socket.</summary>
    public Socket Listener { get; }

    /// <summary>Where applications find it.</summary>
    public string SocketPath => _path;

    /// <summary>Serves on a socket that systemd owns: neither its path nor its permissions are ours to change.</summary>
    /// <exception cref="SocketClaimException">What was handed over cannot be served on.</exception>
    public static SocketOwnership Inherit(SocketActivation activation)
    {
        var listener = activation.Open();
        return new SocketOwnership(SocketActivation.PathOf(listener), listener, null, null);
    }

    /// <summary>Takes the path, replaces what a dead agent left there, and listens.</summary>
    /// <param name="path">Absolute; at most 107 bytes, which is what the kernel holds.</param>
    /// <param name="mode">Who may connect. Set before the socket listens, so there is no moment with other rights.</param>
    /// <param name="group">The group the socket is given to; empty leaves the agent's own.</param>
    /// <param name="backlog">Connections the kernel keeps while none is accepted.</param>
    /// <exception cref="SocketClaimException">The path is not ours to take; the message says what to check.</exception>
    public static SocketOwnership Claim(string path, UnixFileMode mode, string? group, int backlog)
    {
        if (!Path.IsPathRooted(path) || Encoding.UTF8.GetByteCount(path) > NativeSocketFile.MaxPathBytes)
        {
            throw new SocketClaimException(
                $"the socket path '{path}' must be absolute and at most {NativeSocketFile.MaxPathBytes} bytes long");
        }

        FileStream? heldLock = null;
        Socket? listener = null;
        FileIdentity? ours = null;
        try
        {
            CreateDirectory(path);
            heldLock = Lock(path);
            RemoveStale(path);
            listener = NativeSocketFile.Bind(path);
            ours = NativeSocketFile.Identify(path);
            File.SetUnixFileMode(path, mode);
            if (!string.IsNullOrEmpty(group))
            {
                NativeSocketFile.ChangeGroup(path, group);
            }

            listener.Listen(backlog);
            return new SocketOwnership(path, listener, ours!.Value, heldLock);
        }
        catch (Exception failure)
        {
            listener?.Dispose();
            UnlinkIfOurs(path, ours);
            heldLock?.Dispose();
            if (failure is IOException or UnauthorizedAccessException or SocketException)
            {
                throw new SocketClaimException(
                    $"cannot serve on {path}: {failure.Message.TrimEnd('.')}; check the directory's owner and mode, and the socket settings", failure);
            }

            throw;
        }
    }

    public void Dispose()
    {
        Listener.Dispose();
        UnlinkIfOurs(_path, _ours);
        _lock?.Dispose();
    }

    private static void CreateDirectory(string path)
    {
        var directory = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(directory))
        {
            Directory.CreateDirectory(directory, DirectoryMode);
        }
    }

    private static FileStream Lock(string path)
    {
        var lockPath = path + ".lock";
        try
        {
            // On Unix, FileShare.None is flock(LOCK_EX | LOCK_NB): released by the kernel when the process dies.
            return new FileStream(lockPath, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        }
        catch (IOException held) when (held.HResult == WouldBlock)
        {
            throw new SocketClaimException(
                $"another miru-agent holds {lockPath}; stop it first, or give this one another socket path", held);
        }
    }

    private static void RemoveStale(string path)
    {
        if (NativeSocketFile.Identify(path) is not { } found)
        {
            return;
        }

        if (!found.IsSocket)
        {
            throw new SocketClaimException($"{path} exists and is not a socket; move it away, the agent deletes only sockets");
        }

        if (SomebodyListens(path))
        {
            throw new SocketClaimException($"another process serves on {path}; stop it first, or give this agent another socket path");
        }

        File.Delete(path);
    }

    private static bool SomebodyListens(string path)
    {
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException refused) when (refused.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return false;
        }
        catch (SocketException full) when (full.SocketErrorCode == SocketError.WouldBlock)
        {
            return true; // a full backlog: somebody listens and is slow
        }
    }

    private static void UnlinkIfOurs(string path, FileIdentity? ours)
    {
        if (ours is not null && NativeSocketFile.Identify(path) == ours)
        {
            File.Delete(path);
        }
    }
}
