using System.Net.Sockets;

namespace Miru.Sdk.Connection;

/// <summary>Connects to the agent's Unix socket.</summary>
internal sealed class UnixSocketConnector(string path) : IConnector
{
    // Refuses a path that no socket address can hold, at construction.
    private readonly UnixDomainSocketEndPoint _endPoint = new(path);

    public async ValueTask<Stream> ConnectAsync(CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(_endPoint, cancellation).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
