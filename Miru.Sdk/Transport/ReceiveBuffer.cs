using Miru.Protocol;

namespace Miru.Sdk.Transport;

/// <summary>Bytes received and not yet taken as frames. For one thread at a time.</summary>
internal sealed class ReceiveBuffer
{
    /// <summary>What it holds between frames that are not large, in bytes.</summary>
    public const int UsualSize = 16 * 1024;

    private byte[] _bytes = new byte[UsualSize];
    private int _start;
    private int _end;
    private int _needed;

    public int Size => _bytes.Length;

    /// <summary>Takes a frame, if a whole one is there. Its bytes live until <see cref="Room"/> is asked for.</summary>
    /// <exception cref="PeerViolationException">The bytes are no frame.</exception>
    public bool TryTake(out Frame frame)
    {
        var read = FrameReader.Read(_bytes.AsMemory(_start, _end - _start), ProtocolLimits.MaxLength);
        if (read.Status == FrameReadStatus.Violation)
        {
            throw new PeerViolationException(read.Violation!);
        }

        frame = read.Frame;
        var whole = read.Status == FrameReadStatus.Frame;
        _start += whole ? read.Length : 0;
        _needed = whole ? 0 : read.Length;
        return whole;
    }

    /// <summary>Room for the rest of the frame that has begun; no memory is kept for one that was large and has gone.</summary>
    public Memory<byte> Room()
    {
        var size = Math.Max(UsualSize, _needed);
        if (size != _bytes.Length)
        {
            var next = new byte[size];
            _bytes.AsSpan(_start, _end - _start).CopyTo(next);
            _bytes = next;
        }
        else if (_start > 0)
        {
            _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
        }

        _end -= _start;
        _start = 0;
        return _bytes.AsMemory(_end);
    }

    /// <summary>This many bytes were put into the room.</summary>
    public void Received(int count) => _end += count;
}
