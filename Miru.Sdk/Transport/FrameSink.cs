using System.Threading.Channels;
using Miru.Protocol;

namespace Miru.Sdk.Transport;

/// <summary>
/// Frames to a stream, in order, by one writer: a caller that gives up leaves no half-written frame behind. Its queue is
/// bounded; the reader of the connection never waits for it, or two full sockets could wait for each other.
/// </summary>
internal sealed class FrameSink(Stream stream)
{
    private readonly Channel<byte[]> _queue = Channel.CreateBounded<byte[]>(
        new BoundedChannelOptions(ProtocolLimits.MaxInFlight * 2) { SingleReader = true });

    private volatile bool _sentSinceAsked;

    /// <summary>Whether anything was sent since the last time this was asked.</summary>
    public bool SentSinceAsked()
    {
        var sent = _sentSinceAsked;
        _sentSinceAsked = false;
        return sent;
    }

    public bool TrySend(byte[] frame) => _queue.Writer.TryWrite(frame);

    /// <exception cref="ChannelClosedException">The connection has ended.</exception>
    public ValueTask SendAsync(byte[] frame, CancellationToken cancellation) => _queue.Writer.WriteAsync(frame, cancellation);

    public async Task RunAsync(CancellationToken cancellation)
    {
        await foreach (var frame in _queue.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
        {
            await stream.WriteAsync(frame, cancellation).ConfigureAwait(false);
            _sentSinceAsked = true;
        }
    }

    public void Close() => _queue.Writer.TryComplete();
}
