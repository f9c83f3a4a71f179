using Miru.Protocol;

namespace Miru.Agent.Connections;

/// <summary>
/// Frames on their way to the socket. Small ones share one buffer and so one system call; a body too large for it is
/// sent from where it lies. It takes no more than it has room for: what does not fit waits where latest wins.
/// </summary>
/// <param name="buffers">Where its buffer comes from and goes back to; of <see cref="Size"/>.</param>
internal sealed class SendBatch(SpareBuffer buffers) : IDisposable
{
    /// <summary>Size of the buffer, in bytes: some frames of usual size, and small beside the socket's own.</summary>
    public const int Size = 16 * 1024;

    private byte[] _buffer = [];
    private int _start;
    private int _end;
    private ReadOnlyMemory<byte> _tail;

    /// <summary>Everything was handed to the socket.</summary>
    public bool IsEmpty => _start == _end && _tail.IsEmpty;

    /// <summary>Whether any frame may be added.</summary>
    public bool HasRoom => _tail.IsEmpty && Size - _end >= OutgoingFrame.MaxPrefix;

    /// <summary>What to hand to the socket next.</summary>
    public ReadOnlyMemory<byte> Unsent => _start < _end ? _buffer.AsMemory(_start, _end - _start) : _tail;

    /// <summary>Has the processor fetch it. Volatile, because the compiler drops other reads of what nobody uses.</summary>
    public void Prefetch() => _ = Volatile.Read(ref _end);

    /// <summary>Adds a frame. Call only while <see cref="HasRoom"/>.</summary>
    public void Add(in OutgoingFrame frame)
    {
        if (_buffer.Length == 0)
        {
            _buffer = buffers.Rent();
        }

        if (frame.Prefix.Length > 0)
        {
            var copy = _buffer.AsSpan(_end, frame.Prefix.Length);
            frame.Prefix.CopyTo(copy);
            FrameWriter.SetCorrelation(copy, frame.Correlation);
            _end += frame.Prefix.Length;
        }

        if (frame.Body.Length <= Size - _end)
        {
            frame.Body.Span.CopyTo(_buffer.AsSpan(_end));
            _end += frame.Body.Length;
        }
        else
        {
            _tail = frame.Body;
        }
    }

    /// <summary>Adds what is left of a whole short frame. Call only while <see cref="IsEmpty"/>.</summary>
    public void Add(byte[] frame, int from)
    {
        _buffer = buffers.Rent();
        frame.AsSpan(from).CopyTo(_buffer);
        _end = frame.Length - from;
    }

    /// <summary>The socket took so many bytes of <see cref="Unsent"/>.</summary>
    public void Sent(int count)
    {
        if (_start < _end)
        {
            _start += count;
        }
        else
        {
            _tail = _tail[count..];
        }

        if (IsEmpty)
        {
            // Nothing is held while nothing waits.
            Dispose();
        }
    }

    public void Dispose()
    {
        if (_buffer.Length > 0)
        {
            buffers.Return(_buffer);
            _buffer = [];
        }

        _start = 0;
        _end = 0;
        _tail = default;
    }
}
