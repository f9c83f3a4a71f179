using System.Net.Sockets;

namespace Miru.Sdk.Transport;

/// <summary>Connects to the agent's Unix socket, and to nobody who only pretends to be the agent.</summary>
internal sealed class UnixSocketConnector(string path, uint? agentUserId = null) : IConnector
{
    // Refuses a path that no socket address can hold, at construction.
    private readonly UnixDomainSocketEndPoint _endPoint = new(path);

    public async ValueTask<ITransport> ConnectAsync(CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(_endPoint, cancellation).ConfigureAwait(false);
            if (!OperatingSystem.IsLinux())
            {
                return new StreamTransport(new NetworkStream(socket, ownsSocket: true));
            }

            AgentIdentity.Verify(socket, path, agentUserId);
            return new SocketTransport(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
