using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Miru.Agent.Connections;

/// <summary>Who is at the other end, as the kernel says it ([hello-3]); nothing a peer sends can change it.</summary>
/// <param name="ProcessId">For log lines and the status only: process ids are reused, so no right hangs on one.</param>
/// <param name="UserId">The effective user at the time of connect.</param>
/// <param name="GroupId">The effective group at the time of connect.</param>
/// <param name="Groups">The supplementary groups at the time of connect.</param>
internal sealed partial record PeerCredentials(int ProcessId, uint UserId, uint GroupId, IReadOnlyList<uint> Groups)
{
    private const int SolSocket = 1;
    private const int SoPeerCred = 17;
    private const int SoPeerGroups = 59;
    private const int RangeError = 34;

    /// <summary>Groups that are read at the first try; who is in more costs a second one.</summary>
    private const int UsualGroups = 32;

    /// <summary>Reads the credentials of an accepted Unix socket.</summary>
    /// <exception cref="SocketException">The peer is gone, or the socket is not a Unix socket.</exception>
    public static PeerCredentials Of(Socket socket)
    {
        // struct ucred { pid_t pid; uid_t uid; gid_t gid; }
        Span<byte> credentials = stackalloc byte[12];
        socket.GetRawSocketOption(SolSocket, SoPeerCred, credentials);
        return new PeerCredentials(
            MemoryMarshal.Read<int>(credentials),
            MemoryMarshal.Read<uint>(credentials[4..]),
            MemoryMarshal.Read<uint>(credentials[8..]),
            GroupsOf(socket));
    }

    public override string ToString() => $"pid {ProcessId}, uid {UserId}, gid {GroupId}";

    // Not by Socket.GetRawSocketOption: it does not say how many there are when they do not fit.
    private static uint[] GroupsOf(Socket socket)
    {
        Span<uint> groups = stackalloc uint[UsualGroups];
        while (true)
        {
            var length = (uint)groups.Length * sizeof(uint);
            if (GetOption(socket.SafeHandle, SolSocket, SoPeerGroups, ref MemoryMarshal.GetReference(groups), ref length) == 0)
            {
                return groups[..(int)(length / sizeof(uint))].ToArray();
            }

            if (Marshal.GetLastPInvokeError() != RangeError)
            {
                return []; // a kernel before 4.13, or a peer without credentials: no group, no right by group
            }

            groups = new uint[length / sizeof(uint)];
        }
    }

    [LibraryImport("libc", EntryPoint = "getsockopt", SetLastError = true)]
    private static partial int GetOption(SafeHandle socket, int level, int name, ref uint value, ref uint length);
}
