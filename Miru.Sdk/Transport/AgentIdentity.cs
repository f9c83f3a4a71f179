using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Miru.Sdk.Transport;

/// <summary>
/// Whether the process that serves the socket may be the agent. Configs move robots, so they are taken from nobody who
/// merely got hold of the path.
/// </summary>
internal static class AgentIdentity
{
    private const int SocketLevel = 1;
    private const int PeerCredentials = 17;

    /// <exception cref="MiruUntrustedAgentException">It may not.</exception>
    public static void Verify(Socket socket, string path, uint? agent)
    {
        // struct ucred { pid_t pid; uid_t uid; gid_t gid; }: of whoever called listen(2).
        Span<byte> credentials = stackalloc byte[12];
        socket.GetRawSocketOption(SocketLevel, PeerCredentials, credentials);
        var server = MemoryMarshal.Read<uint>(credentials[4..]);
        if (!Trusts(server, Linux.GetEffectiveUser(), agent, Place.Above(path)))
        {
            throw new MiruUntrustedAgentException(
                $"{path} is served by user {server}, who cannot be known to be the agent. Who runs it (ss -xlp | grep miru)? "
                + $"If that is right, set {nameof(MiruClientOptions)}.{nameof(MiruClientOptions.AgentUserId)}.");
        }
    }

    /// <summary>The rule of <see cref="MiruClientOptions.AgentUserId"/>.</summary>
    /// <param name="server">Who serves the socket.</param>
    /// <param name="self">Who the application is.</param>
    /// <param name="agent">Who the agent is, if that is known.</param>
    /// <param name="above">The directories above the socket, from its own up to the root.</param>
    public static bool Trusts(uint server, uint self, uint? agent, IEnumerable<Place> above)
    {
        if (server == 0 || agent is not null)
        {
            return server == 0 || server == agent;
        }

        if (server == self)
        {
            return true;
        }

        // The socket's own directory says who the agent is, even if others may write to it: what they put there they
        // would serve as themselves. But nobody else may have made that directory.
        var owners = above.ToArray();
        return owners.Length > 0 && owners[0].Owner == server
            && owners.Skip(1).All(place => !place.IsSharedForWriting && (place.Owner == 0 || place.Owner == self || place.Owner == server));
    }

    /// <summary>A directory as far as trust goes. Nobody owns one that cannot be seen.</summary>
    internal readonly record struct Place(uint? Owner, bool IsSharedForWriting)
    {
        private const int GroupOrOthersWrite = 0x12;

        /// <summary>The directories above a path, its own first. Links are followed: who may place one is checked above it.</summary>
        public static IEnumerable<Place> Above(string path)
        {
            for (var directory = Path.GetDirectoryName(Path.GetFullPath(path)); directory is not null; directory = Path.GetDirectoryName(directory))
            {
                yield return Linux.GetStatus(Linux.CurrentDirectory, directory, 0, Linux.BasicStatus, out var status) == 0
                    ? new(status.Owner, (status.Mode & GroupOrOthersWrite) != 0)
                    : new(null, true);
            }
        }
    }
}
