using System.Net.Sockets;

namespace Miru.Agent.Connections;

/// <summary>
/// The only place that knows how readiness of a client's socket is learnt: try, and where the kernel says "not now", wait.
/// Trying never blocks. Today .NET's socket engine does the waiting.
/// </summary>
internal sealed class SocketChannel : IDisposable
{
    /// <summary>What a try that found the socket not ready returns.</summary>
    public const int NotReady = -1;

    // Small, so that a wait for a slow peer ends with each little progress.
    private const int WaitingSend = 4096;

    private readonly Socket _socket;

    /// <param name="socket">Connected; owned from here on.</param>
    /// <param name="sendBuffer">Bytes the kernel may hold for this peer: what a reader that stopped can pin.</param>
    public SocketChannel(Socket socket, int sendBuffer)
    {
        _socket = socket;
        _socket.Blocking = false;
        _socket.SendBufferSize = sendBuffer;
    }

    /// <summary>Reads what is there: the number of bytes, 0 at the end of the stream, or <see cref="NotReady"/>.</summary>
    /// <exception cref="SocketException">The connection broke.</exception>
    public int TryReceive(Span<byte> buffer)
    {
        var count = _socket.Receive(buffer, SocketFlags.None, out var error);
        return error switch
        {
            SocketError.Success => count,
            SocketError.WouldBlock => NotReady,
            _ => throw new SocketException((int)error),
        };
    }

    /// <summary>Writes what fits: the number of bytes, or <see cref="NotReady"/>.</summary>
    /// <exception cref="SocketException">The connection broke.</exception>
    public int TrySend(ReadOnlySpan<byte> bytes)
    {
        var count = _socket.Send(bytes, SocketFlags.None, out var error);
        return error switch
        {
            SocketError.Success => count,
            SocketError.WouldBlock => NotReady,
            _ => throw new SocketException((int)error),
        };
    }

    /// <summary>Completes when bytes, the end of the stream, or an error can be read. Holds no buffer.</summary>
    public async Task WaitUntilReadable() => await _socket.ReceiveAsync(Memory<byte>.Empty);

    /// <summary>Completes when the peer took some of these bytes; tells how many.</summary>
    public async Task<int> SendWhenWritable(ReadOnlyMemory<byte> bytes) =>
        await _socket.SendAsync(bytes[..Math.Min(bytes.Length, WaitingSend)]);

    public void Dispose() => _socket.Dispose();
}
