using System.Net.Sockets;
using Akka.Actor;
using Miru.Agent.Connections;
using Miru.Protocol;

namespace Miru.Agent.Tests.Simulation;

/// <summary>
/// One connection in memory: bytes both ways, bounded like a socket's buffers, cut into pieces by chance, ended by either side
/// in order or not. This is its agent's end; <see cref="SimulatedTransport"/> is the application's.
/// </summary>
/// <param name="capacity">Bytes that may wait on their way to the application.</param>
/// <param name="pieces">How the bytes are cut.</param>
/// <param name="sent">Sees what the agent writes, when it does.</param>
internal sealed class SimulatedWire(int capacity, Random pieces, Action<byte[]> sent) : IByteChannel
{
    private readonly Queue<byte> _toAgent = new();
    private readonly List<byte> _toApplication = [];
    private Action? _whenReadable;
    private Action? _whenWritable;
    private bool _gone;
    private bool _reset;
    private bool _agentClosed;

    public long BytesSent { get; private set; }

    /// <summary>The application sends nothing more; it may still read.</summary>
    public bool HalfClosed { get; private set; }

    /// <summary>The agent has closed its end; what it sent before can still be read.</summary>
    public bool IsClosedByAgent => _agentClosed && _toApplication.Count == 0;

    public void Open(IActorContext connection)
    {
    }

    public int TryReceive(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_agentClosed, this);
        if (_toAgent.Count == 0)
        {
            return _reset ? throw new SocketException((int)SocketError.ConnectionReset) : HalfClosed ? 0 : IByteChannel.NotReady;
        }

        var count = Math.Min(Math.Min(_toAgent.Count, buffer.Length), pieces.Next(1, 600));
        for (var at = 0; at < count; at++)
        {
            buffer[at] = _toAgent.Dequeue();
        }

        return count;
    }

    public int TrySend(ReadOnlySpan<byte> bytes)
    {
        ObjectDisposedException.ThrowIf(_agentClosed, this);
        if (_gone)
        {
            throw new SocketException((int)SocketError.Shutdown);
        }

        var room = Math.Min(capacity - _toApplication.Count, bytes.Length);
        if (room <= 0)
        {
            return IByteChannel.NotReady;
        }

        var count = pieces.Next(1, room + 1);
        _toApplication.AddRange(bytes[..count]);
        BytesSent += count;
        sent(bytes[..count].ToArray());
        return count;
    }

    public void WhenReadable(Action then)
    {
        _whenReadable = then;
        CallReadable();
    }

    public void WhenWritable(Action then)
    {
        _whenWritable = then;
        CallWritable();
    }

    public void Dispose()
    {
        _agentClosed = true;
        (_whenReadable, _whenWritable) = (null, null);
    }

    /// <summary>The application sends.</summary>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        if (!HalfClosed)
        {
            foreach (var one in bytes)
            {
                _toAgent.Enqueue(one);
            }

            CallReadable();
        }
    }

    /// <summary>The application reads so many bytes, or as many as there are.</summary>
    public byte[] Take(int most)
    {
        var taken = _toApplication.GetRange(0, Math.Min(most, _toApplication.Count)).ToArray();
        _toApplication.RemoveRange(0, taken.Length);
        CallWritable();
        return taken;
    }

    /// <summary>The application sends nothing more.</summary>
    public void HalfClose()
    {
        HalfClosed = true;
        CallReadable();
    }

    /// <summary>The application is gone. What was on its way to it is lost, and if there was something the agent hears of a reset.</summary>
    public void Leave()
    {
        _reset |= _toApplication.Count > 0;
        _gone = true;
        HalfClosed = true;
        _toApplication.Clear();
        CallReadable();
        CallWritable();
    }

    private void CallReadable()
    {
        if (_toAgent.Count > 0 || HalfClosed)
        {
            Call(ref _whenReadable);
        }
    }

    private void CallWritable()
    {
        if (_toApplication.Count < capacity || _gone)
        {
            Call(ref _whenWritable);
        }
    }

    private void Call(ref Action? then)
    {
        if (!_agentClosed)
        {
            var waiting = then;
            then = null;
            waiting?.Invoke();
        }
    }
}
