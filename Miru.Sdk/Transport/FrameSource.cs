using Miru.Protocol;

namespace Miru.Sdk.Transport;

/// <summary>Frames from a stream. A frame's bytes live until the next one is asked for.</summary>
internal sealed class FrameSource(Stream stream)
{
    private readonly ReceiveBuffer _buffer = new();

    public int BufferSize => _buffer.Size;

    /// <summary>The next frame.</summary>
    /// <exception cref="EndOfStreamException">The peer has closed.</exception>
    /// <exception cref="PeerViolationException">The bytes are no frame.</exception>
    public async ValueTask<Frame> ReadAsync(CancellationToken cancellation)
    {
        Frame frame;
        while (!_buffer.TryTake(out frame))
        {
            var received = await stream.ReadAsync(_buffer.Room(), cancellation).ConfigureAwait(false);
            _buffer.Received(received > 0 ? received : throw new EndOfStreamException("the agent closed the connection"));
        }

        return frame;
    }
}
