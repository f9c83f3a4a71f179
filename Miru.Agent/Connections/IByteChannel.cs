using Akka.Actor;

namespace Miru.Agent.Connections;

/// <summary>
/// The bytes of one accepted connection, both ways, without waiting: try, and where it is "not now", ask to be called.
/// <see cref="SocketChannel"/> is the product's; simulations bring one of their own.
/// </summary>
internal interface IByteChannel : IDisposable
{
    /// <summary>What a try returns that found the channel not ready.</summary>
    const int NotReady = -1;

    /// <summary>Bytes the peer has taken so far.</summary>
    long BytesSent { get; }

    /// <summary>Whether a try to read is worth its buffer.</summary>
    bool IsReadable => true;

    /// <summary>Makes it the business of the connection's actor, on whose thread everything else is called.</summary>
    /// <exception cref="IOException">The kernel refused.</exception>
    void Open(IActorContext connection);

    /// <summary>Has the processor fetch what a try to write will need. Changes nothing.</summary>
    void Prefetch()
    {
    }

    /// <summary>Reads what is there: the number of bytes, 0 at the end of the stream, or <see cref="NotReady"/>.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The connection broke.</exception>
    /// <exception cref="ObjectDisposedException">It is closed.</exception>
    int TryReceive(Span<byte> buffer);

    /// <summary>Writes what fits: the number of bytes, or <see cref="NotReady"/>.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The connection broke.</exception>
    /// <exception cref="ObjectDisposedException">It is closed.</exception>
    int TrySend(ReadOnlySpan<byte> bytes);

    /// <summary>Calls <paramref name="then"/> once when a try to read is worth it; at once, if it is now.</summary>
    void WhenReadable(Action then);

    /// <summary>Calls <paramref name="then"/> once when a try to write is worth it; at once, if it is now.</summary>
    void WhenWritable(Action then);
}
