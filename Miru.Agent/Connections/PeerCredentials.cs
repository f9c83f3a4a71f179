using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Miru.Agent.Connections;

/// <summary>Who is at the other end, as the kernel says it ([hello-3]); nothing a peer sends can change it.</summary>
/// <param name="ProcessId">For log lines only: process ids are reused, so no right hangs on one.</param>
/// <param name="UserId">The effective user at the time of connect.</param>
/// <param name="GroupId">The effective group at the time of connect.</param>
internal sealed record PeerCredentials(int ProcessId, uint UserId, uint GroupId)
{
    private const int SolSocket = 1;
    private const int SoPeerCred = 17;

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
            MemoryMarshal.Read<uint>(credentials[8..]));
    }

    public override string ToString() => $"pid {ProcessId}, uid {UserId}, gid {GroupId}";
}
