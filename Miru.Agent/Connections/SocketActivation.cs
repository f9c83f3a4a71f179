using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Miru.Agent.Connections;

/// <summary>
/// The listening socket that systemd made and handed over (sd_listen_fds): applications may connect before the agent runs, and while it
/// restarts. It stays systemd's: its file is never unlinked here, and its descriptor stays open until the process ends.
/// </summary>
internal sealed partial class SocketActivation
{
    /// <summary>What the descriptor is called (FileDescriptorName=) where systemd hands over several.</summary>
    public const string Name = "miru";

    private const int FirstDescriptor = 3;
    private const int SolSocket = 1;
    private const int SoType = 3;
    private const int SoAcceptConnections = 30;
    private const int SoDomain = 39;
    private const int UnixFamily = 1;
    private const int StreamType = 1;
    private const int SetDescriptorFlags = 2;
    private const int DuplicateCloseOnExec = 1030;
    private const int CloseOnExec = 1;

    private readonly string[] _names;

    private SocketActivation(string[] names) => _names = names;

    /// <summary>Reads what the environment says, and takes it out of there: it is not for the children of this process.</summary>
    /// <param name="variable">Looks a variable up.</param>
    /// <param name="forget">Removes a variable.</param>
    /// <param name="processId">This process; descriptors that are meant for another are not ours.</param>
    /// <returns><c>null</c> where nothing was handed over.</returns>
    public static SocketActivation? FromEnvironment(Func<string, string?> variable, Action<string> forget, int processId)
    {
        var (pid, count, names) = (variable("LISTEN_PID"), variable("LISTEN_FDS"), variable("LISTEN_FDNAMES"));
        foreach (var name in new[] { "LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES" })
        {
            forget(name);
        }

        if (pid != processId.ToString(CultureInfo.InvariantCulture)
            || !int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var descriptors) || descriptors == 0)
        {
            return null;
        }

        var given = names?.Split(':') ?? [];
        return new SocketActivation([.. Enumerable.Range(0, descriptors).Select(index => given.ElementAtOrDefault(index) ?? "")]);
    }

    /// <summary>A listening socket of its own over the inherited one.</summary>
    /// <exception cref="SocketClaimException">What was handed over is no listening Unix stream socket with a path.</exception>
    public Socket Open()
    {
        for (var index = 0; index < _names.Length; index++)
        {
            _ = Control(FirstDescriptor + index, SetDescriptorFlags, CloseOnExec);
        }

        var descriptor = Choose();
        if (Option(descriptor, SoDomain) != UnixFamily || Option(descriptor, SoType) != StreamType || Option(descriptor, SoAcceptConnections) != 1)
        {
            throw Refused($"descriptor {descriptor} is not a listening Unix stream socket");
        }

        var copy = Control(descriptor, DuplicateCloseOnExec, FirstDescriptor);
        if (copy < 0)
        {
            throw Refused($"descriptor {descriptor} cannot be duplicated: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        var socket = new Socket(new SafeSocketHandle(copy, ownsHandle: true));
        if (!PathOf(socket).StartsWith('/'))
        {
            socket.Dispose();
            throw Refused("the socket has no path; an abstract name has no permissions, so anybody could take it");
        }

        return socket;
    }

    /// <summary>Where a listening socket can be found.</summary>
    public static string PathOf(Socket listener) => listener.LocalEndPoint?.ToString() ?? "";

    /// <summary>The descriptor to serve on.</summary>
    /// <exception cref="SocketClaimException">There are several, and no single one has our name.</exception>
    internal int Choose()
    {
        if (_names.Length == 1)
        {
            return FirstDescriptor;
        }

        return _names.Count(name => name == Name) == 1
            ? FirstDescriptor + Array.IndexOf(_names, Name)
            : throw Refused($"of the {_names.Length} sockets ({string.Join(", ", _names)}) not exactly one is called {Name}");
    }

    private static int Option(int descriptor, int name)
    {
        var length = (uint)sizeof(int);
        return GetOption(descriptor, SolSocket, name, out var value, ref length) == 0 ? value : -1;
    }

    private static SocketClaimException Refused(string reason) => new(
        $"the socket that systemd handed over cannot be served: {reason}; check ListenStream= and FileDescriptorName={Name} in miru-agent.socket");

    [LibraryImport("libc", EntryPoint = "getsockopt", SetLastError = true)]
    private static partial int GetOption(int descriptor, int level, int name, out int value, ref uint length);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(int descriptor, int command, int argument);
}
