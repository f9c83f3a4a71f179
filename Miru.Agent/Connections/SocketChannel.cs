using System.Net.Sockets;
using Akka.Actor;

namespace Miru.Agent.Connections;

/// <summary>
/// A client's socket on the I/O loop: try, and where the kernel says "not now", ask to be called. Trying never blocks, and a try that
/// cannot succeed costs no system call. From <see cref="Open"/> on it belongs to the loop's thread.
/// </summary>
internal sealed class SocketChannel : IByteChannel, IReadinessTarget
{
    /// <summary>What a try returns that found the socket not ready.</summary>
    public const int NotReady = IByteChannel.NotReady;

    private const uint Reading = NativeIo.Readable | NativeIo.PeerClosed;
    private const uint Ending = NativeIo.PeerClosed | NativeIo.HungUp | NativeIo.Failed;

    private readonly Socket _socket;
    private readonly int _descriptor;
    private IoLoop? _loop;
    private ulong _token;
    private Action? _whenReadable;
    private Action? _whenWritable;
    private bool _awaitsReadable;
    private bool _readable = true;
    private bool _writable = true;
    private bool _ending;
    private bool _disposed;

    /// <param name="socket">Connected; owned from here on.</param>
    /// <param name="sendBuffer">Bytes the kernel may hold for this peer: what a reader that stopped can pin.</param>
    public SocketChannel(Socket socket, int sendBuffer)
    {
        _socket = socket;
        _socket.SendBufferSize = sendBuffer;
        _descriptor = (int)socket.Handle;
    }

    /// <summary>Bytes the peer's socket has taken so far.</summary>
    public long BytesSent { get; private set; }

    /// <summary>Whether a try to read is worth it.</summary>
    public bool IsReadable => _readable;

    /// <summary>Has the loop watch the socket. On the loop's thread.</summary>
    /// <exception cref="IOException">The kernel refused.</exception>
    public void Open(IoLoop loop)
    {
        _token = loop.Watch(_descriptor, Reading, this);
        _loop = loop;
    }

    void IByteChannel.Open(IActorContext connection) => Open(IoLoopDispatcher.LoopOf(connection));

    public void Prefetch() => _ = Volatile.Read(ref _writable);

    /// <summary>Reads what is there: the number of bytes, 0 at the end of the stream, or <see cref="NotReady"/>.</summary>
    /// <exception cref="SocketException">The connection broke.</exception>
    /// <exception cref="ObjectDisposedException">It is closed.</exception>
    public int TryReceive(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!_readable)
        {
            return NotReady;
        }

        var count = (int)NativeIo.Receive(_descriptor, buffer, out var error);
        if (count < 0)
        {
            _readable = false;
            return error is NativeIo.WouldBlock or NativeIo.Interrupted ? NotReady : throw new SocketException(error);
        }

        // Less than asked for means that nothing more is there, and the next byte makes an edge; only the end made its own already.
        _readable = count == buffer.Length || _ending;
        return count;
    }

    /// <summary>Writes what fits: the number of bytes, or <see cref="NotReady"/>.</summary>
    /// <exception cref="SocketException">The connection broke.</exception>
    /// <exception cref="ObjectDisposedException">It is closed.</exception>
    public int TrySend(ReadOnlySpan<byte> bytes)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!_writable)
        {
            return NotReady;
        }

        var count = (int)NativeIo.Send(_descriptor, bytes, out var error);
        if (count >= 0)
        {
            BytesSent += count;
            return count;
        }

        if (error is not (NativeIo.WouldBlock or NativeIo.Interrupted))
        {
            throw new SocketException(error);
        }

        // Room is watched for only while somebody waits for it: otherwise each answer that a peer reads would wake the loop.
        _writable = false;
        _loop?.Rewatch(_descriptor, Reading | NativeIo.Writable, _token);
        return NotReady;
    }

    /// <summary>Calls <paramref name="then"/> once, on the loop's thread, when a try to read is worth it. At once, if it is now.</summary>
    public void WhenReadable(Action then)
    {
        if (_readable)
        {
            then();
            return;
        }

        // Who is called is nearly always who was called last time, and a flag is written for less than a reference.
        _awaitsReadable = true;
        if (!ReferenceEquals(_whenReadable, then))
        {
            _whenReadable = then;
        }
    }

    /// <summary>Calls <paramref name="then"/> once, on the loop's thread, when a try to write is worth it. At once, if it is now.</summary>
    public void WhenWritable(Action then)
    {
        if (_writable)
        {
            then();
        }
        else
        {
            _whenWritable = then;
        }
    }

    public void OnReady(uint ready)
    {
        _ending |= (ready & Ending) != 0;
        if ((ready & (Reading | Ending)) != 0)
        {
            _readable = true;
            if (_awaitsReadable)
            {
                _awaitsReadable = false;
                _whenReadable!();
            }
        }

        if (!_writable && (ready & (NativeIo.Writable | Ending)) != 0)
        {
            _writable = true;
            _loop!.Rewatch(_descriptor, Reading, _token);
            var waiting = _whenWritable;
            _whenWritable = null;
            waiting?.Invoke();
        }
    }

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        // Before the number is free for somebody else's socket.
        _disposed = true;
        _loop?.Unwatch(_descriptor, _token);
        _awaitsReadable = false;
        (_whenReadable, _whenWritable) = (null, null);
        _socket.Dispose();
    }
}
