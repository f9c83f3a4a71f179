using Miru.Protocol;

namespace Miru.Sdk.Connection;

/// <summary>Frames from a stream. A frame's bytes live until the next one is asked for.</summary>
internal sealed class FrameSource(Stream stream)
{
    /// <summary>What the buffer holds between frames that are not large, in bytes.</summary>
    public const int UsualSize = 16 * 1024;

    private byte[] _buffer = new byte[UsualSize];
    private int _start;
    private int _end;

    public int BufferSize => _buffer.Length;

    /// <summary>The next frame.</summary>
    /// <exception cref="EndOfStreamException">The peer has closed.</exception>
    /// <exception cref="PeerViolationException">The bytes are no frame.</exception>
    public async ValueTask<Frame> ReadAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var read = FrameReader.Read(_buffer.AsMemory(_start, _end - _start), ProtocolLimits.MaxLength);
            switch (read.Status)
            {
                case FrameReadStatus.Frame:
                    _start += read.Length;
                    return read.Frame;
                case FrameReadStatus.Violation:
                    throw new PeerViolationException(read.Violation!);
                default:
                    MakeRoom(read.Length);
                    var received = await stream.ReadAsync(_buffer.AsMemory(_end), cancellation).ConfigureAwait(false);
                    _end += received > 0 ? received : throw new EndOfStreamException("the agent closed the connection");
                    break;
            }
        }
    }

    /// <summary>Room for a whole frame, and no memory kept for one that was large and has gone.</summary>
    private void MakeRoom(int needed)
    {
        var size = Math.Max(UsualSize, needed);
        if (size != _buffer.Length)
        {
            var next = new byte[size];
            _buffer.AsSpan(_start, _end - _start).CopyTo(next);
            _buffer = next;
        }
        else if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        }

        _end -= _start;
        _start = 0;
    }
}
