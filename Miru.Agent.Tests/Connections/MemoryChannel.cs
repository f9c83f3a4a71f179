using System.Net.Sockets;
using Akka.Actor;
using Miru.Agent.Connections;
using Miru.Protocol;
using Xunit;

namespace Miru.Agent.Tests.Connections;

/// <summary>A channel in memory whose peer, and whose loop, is the test. It takes what is sent as far as it has room.</summary>
internal sealed class MemoryChannel : IByteChannel
{
    private readonly byte[] _sent = new byte[64 * 1024];
    private byte[] _bytes = [];
    private int _read;
    private int _written;
    private bool _ended;
    private bool _broken;
    private bool _writesBroken;
    private int _room = int.MaxValue;
    private Action? _whenReadable;
    private Action? _whenWritable;

    public long BytesSent => _written;

    /// <summary>Bytes it takes from here on. More of it calls whoever waits.</summary>
    public int Room
    {
        set
        {
            _room = value;
            var waiting = _whenWritable;
            _whenWritable = null;
            waiting?.Invoke();
        }
    }

    /// <summary>The peer sent bytes, and the loop found out.</summary>
    public void Arrive(byte[] bytes)
    {
        (_bytes, _read) = (bytes, 0);
        Report();
    }

    /// <summary>The peer sends nothing more.</summary>
    public void End()
    {
        _ended = true;
        Report();
    }

    public void Break()
    {
        _broken = true;
        Report();
    }

    /// <summary>Nothing can be written any more.</summary>
    public void BreakWrites() => _writesBroken = true;

    /// <summary>Drops what was sent.</summary>
    public void Forget() => _written = 0;

    /// <summary>The one message that was sent.</summary>
    public Message Hear() => Assert.Single(HearAll());

    public List<Message> HearAll() => HearFrames().ConvertAll(frame => MessageCodec.Decode(frame).Message!);

    /// <summary>The whole frames that were sent.</summary>
    public List<Frame> HearFrames()
    {
        var heard = new List<Frame>();
        for (ReadOnlyMemory<byte> rest = _sent.AsMemory(0, _written).ToArray(); !rest.IsEmpty;)
        {
            var read = FrameReader.Read(rest, ProtocolLimits.MaxLength);
            Assert.Equal(FrameReadStatus.Frame, read.Status);
            heard.Add(read.Frame);
            rest = rest[read.Length..];
        }

        Forget();
        return heard;
    }

    public void Open(IActorContext connection)
    {
    }

    public int TryReceive(Span<byte> buffer)
    {
        if (_broken)
        {
            throw new SocketException((int)SocketError.ConnectionReset);
        }

        var count = Math.Min(buffer.Length, _bytes.Length - _read);
        _bytes.AsSpan(_read, count).CopyTo(buffer);
        _read += count;
        return count > 0 ? count : _ended ? 0 : IByteChannel.NotReady;
    }

    public int TrySend(ReadOnlySpan<byte> bytes)
    {
        if (_writesBroken)
        {
            throw new SocketException((int)SocketError.Shutdown);
        }

        var count = Math.Min(_room, bytes.Length);
        bytes[..count].CopyTo(_sent.AsSpan(_written));
        _written += count;
        _room -= count;
        return count > 0 ? count : IByteChannel.NotReady;
    }

    public void WhenReadable(Action then) => _whenReadable = then;

    public void WhenWritable(Action then) => _whenWritable = then;

    public void Dispose()
    {
    }

    private void Report()
    {
        var waiting = _whenReadable;
        _whenReadable = null;
        waiting?.Invoke();
    }
}
