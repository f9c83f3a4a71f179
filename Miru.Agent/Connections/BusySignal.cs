using System.Net.Sockets;
using Miru.Protocol;

namespace Miru.Agent.Connections;

/// <summary>What a peer hears for whom there is no room: one ERROR, then the end ([limit-1]).</summary>
internal static class BusySignal
{
    private static readonly byte[] Frame = MessageCodec.Encode(Answers.TooManyConnections);

    /// <summary>Tells a peer and closes. It waits for nobody: a new socket has room for one frame.</summary>
    public static void Give(Socket client)
    {
        using (client)
        {
            client.Blocking = false;
            client.Send(Frame, SocketFlags.None, out _);
        }
    }
}
