using System.Buffers;
using Miru.Protocol;

namespace Miru.Agent.Connections;

/// <summary>
/// Bytes to messages for one connection. It holds a buffer only while bytes wait in it, grows it only for bytes that
/// have arrived, and never beyond one frame of the agreed size ([frame-2]).
/// </summary>
/// <param name="maxHelloLength">The largest length field accepted of the first frame, in bytes.</param>
/// <param name="maxLength">The largest length field accepted after it, in bytes.</param>
/// <param name="shared">Buffers, and requests that were parsed before.</param>
internal sealed class FrameAssembler(int maxHelloLength, int maxLength, ConfigFrames shared) : IDisposable
{
    private byte[] _buffer = [];
    private int _start;
    private int _end;
    private bool _needsMore;
    private bool _broken;

    /// <summary>How many whole frames were found.</summary>
    public long FramesRead { get; private set; }

    /// <summary>Bytes of memory held right now.</summary>
    public int Held => _buffer.Length;

    /// <summary>A frame has begun and its rest has not arrived.</summary>
    public bool IsPartial => _needsMore && _end > _start;

    /// <summary>What comes next has arrived whole, and wants an answer.</summary>
    public bool HoldsRequest
    {
        get
        {
            var next = FrameReader.Read(_buffer.AsMemory(_start, _end - _start), maxLength);
            return next is { Status: FrameReadStatus.Frame, Frame: { Kind: not FrameKind.Demand } frame } && frame is not { Kind: FrameKind.Ping, Correlation: 0 };
        }
    }

    /// <summary>Keeps a copy of bytes that arrived elsewhere.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var free = FreeSpace();
            var count = Math.Min(free.Length, bytes.Length);
            bytes[..count].CopyTo(free);
            _end += count;
            bytes = bytes[count..];
        }
    }

    /// <summary>Where bytes may be received to; <see cref="Received"/> says how many were.</summary>
    public Span<byte> FreeSpace()
    {
        MakeRoom();
        return _buffer.AsSpan(_end);
    }

    /// <summary>So many bytes were written to <see cref="FreeSpace"/>.</summary>
    public void Received(int count) => _end += count;

    /// <summary>Bytes that were received and are in no message yet.</summary>
    public ReadOnlySpan<byte> Waiting => _buffer.AsSpan(_start, _end - _start);

    /// <summary>The first bytes that wait are a whole frame, and somebody else has read it.</summary>
    public void Skip(int length)
    {
        _start += length;
        FramesRead++;
        _needsMore = false;
    }

    /// <summary>Takes the next message, skipping frames of unknown kinds that may be skipped ([frame-4]).</summary>
    public bool TryRead(out Inbound inbound)
    {
        inbound = default;
        while (!_broken && _end > _start)
        {
            if (FramesRead == 0 && char.IsAsciiLetter((char)_buffer[_start]))
            {
                return Break(Inbound.Http, out inbound);
            }

            if (FramesRead > 0 && shared.Requests.TryRecall(Waiting, out var known, out var correlation, out var length))
            {
                Skip(length);
                inbound = Inbound.Request(known, correlation);
                return true;
            }

            var limit = FramesRead == 0 ? maxHelloLength : maxLength;
            var result = FrameReader.Read(_buffer.AsMemory(_start, _end - _start), limit);
            switch (result.Status)
            {
                case FrameReadStatus.NeedMore:
                    _needsMore = true;
                    return false;
                case FrameReadStatus.Violation:
                    return Break(Inbound.Broken(FirstByteClause(result.Violation!)), out inbound);
                default:
                    Skip(result.Length);
                    var decoded = MessageCodec.Decode(result.Frame);
                    if (decoded.Violation is { } violation)
                    {
                        return Break(Inbound.Broken(violation), out inbound);
                    }

                    if (decoded.Message is { } message)
                    {
                        shared.Requests.Learn(_buffer.AsSpan(_start - result.Length, result.Length), message);
                        inbound = Inbound.Request(message, result.Frame.Correlation);
                        return true;
                    }

                    break;
            }
        }

        return false;
    }

    /// <summary>Gives the buffer back if nothing waits in it. Call when no more bytes are at hand.</summary>
    public void ReleaseIfEmpty()
    {
        if (_end == _start)
        {
            Return();
        }
    }

    public void Dispose() => Return();

    private void MakeRoom()
    {
        if (_start == _end)
        {
            (_start, _end) = (0, 0);
        }
        else if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            var larger = _buffer.Length == 0 ? shared.InputBuffers.Rent() : ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            var waiting = _end;
            _buffer.AsSpan(0, waiting).CopyTo(larger);
            Return();
            _buffer = larger;
            _end = waiting;
        }
    }

    // Neither a frame nor HTTP: the clause that says so is [http-1], whatever the frame reader calls it.
    private Violation FirstByteClause(Violation violation) =>
        FramesRead == 0 && _buffer[_start] != 0
            ? new Violation(Clauses.Http1, "the first byte is neither 0 (frames) nor a letter (HTTP)")
            : violation;

    private bool Break(Inbound last, out Inbound inbound)
    {
        _broken = true;
        _needsMore = false;
        inbound = last;
        return true;
    }

    private void Return()
    {
        if (_buffer.Length > shared.InputBuffers.Size)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }
        else if (_buffer.Length > 0)
        {
            shared.InputBuffers.Return(_buffer);
        }

        _buffer = [];
        _start = 0;
        _end = 0;
    }
}
