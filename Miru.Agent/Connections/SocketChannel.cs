using System.Net.Sockets;

namespace Miru.Agent.Connections;

/// <summary>
/// The only place that knows how readiness of a client's socket is learnt: try, and where the kernel says "not now", ask to
/// be called. Trying never blocks, and nothing waits on a thread. Today .NET's socket engine calls back.
/// </summary>
internal sealed class SocketChannel : IDisposable
{
    /// <summary>What a try returns that found the socket not ready.</summary>
    public const int NotReady = -1;

    // Small, so that waiting for a slow peer ends with each little progress.
    private const int WaitingSend = 4096;

    private readonly Socket _socket;
    private readonly Callback _readable = new();
    private readonly Callback _writable = new();
    private long _bytesSent;

    /// <param name="socket">Connected; owned from here on.</param>
    /// <param name="sendBuffer">Bytes the kernel may hold for this peer: what a reader that stopped can pin.</param>
    public SocketChannel(Socket socket, int sendBuffer)
    {
        _socket = socket;
        _socket.Blocking = false;
        _socket.SendBufferSize = sendBuffer;
    }

    /// <summary>Bytes the peer's socket has taken so far. Safe to read from any thread.</summary>
    public long BytesSent => Interlocked.Read(ref _bytesSent);

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
        switch (error)
        {
            case SocketError.Success:
                Interlocked.Add(ref _bytesSent, count);
                return count;
            case SocketError.WouldBlock:
                return NotReady;
            default:
                throw new SocketException((int)error);
        }
    }

    /// <summary>
    /// Calls <paramref name="then"/>, once and on any thread, when bytes, the end of the stream or an error can be read.
    /// Holds no buffer meanwhile.
    /// </summary>
    public void WhenReadable(Action<SocketError> then)
    {
        _readable.Then = (_, error) => then(error);
        _readable.SetBuffer(Memory<byte>.Empty);
        if (!_socket.ReceiveAsync(_readable))
        {
            _readable.Complete();
        }
    }

    /// <summary>
    /// Calls <paramref name="then"/>, once and on any thread, with the number of bytes the peer has taken as soon as it took some.
    /// The bytes must stay as they are until then.
    /// </summary>
    public void WhenWritable(ReadOnlyMemory<byte> bytes, Action<int, SocketError> then)
    {
        _writable.Then = (count, error) =>
        {
            Interlocked.Add(ref _bytesSent, count);
            then(count, error);
        };
        _writable.SetBuffer(System.Runtime.InteropServices.MemoryMarshal.AsMemory(bytes[..Math.Min(bytes.Length, WaitingSend)]));
        if (!_socket.SendAsync(_writable))
        {
            _writable.Complete();
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _readable.Dispose();
        _writable.Dispose();
    }

    private sealed class Callback() : SocketAsyncEventArgs(true)
    {
        public Action<int, SocketError> Then { get; set; } = (_, _) => { };

        public void Complete() => Then(BytesTransferred, SocketError);

        protected override void OnCompleted(SocketAsyncEventArgs e) => Complete();
    }
}
