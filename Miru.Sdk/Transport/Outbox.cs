using System.Net.Sockets;
using System.Runtime.InteropServices;
using Miru.Protocol;

namespace Miru.Sdk.Transport;

/// <summary>
/// Sends whole frames, in order, without waiting. What the kernel does not take at once waits here: bounded, because the
/// agent that stopped reading it must not grow the application.
/// </summary>
internal sealed class Outbox(SafeSocketHandle socket)
{
    /// <summary>How many frames may wait: the requests in flight, and as many of the session's own.</summary>
    public const int Capacity = ProtocolLimits.MaxInFlight * 2;

    private readonly Lock _gate = new();
    private readonly Queue<byte[]> _waiting = new();
    private int _sentOfFirst;
    private volatile bool _hasWaiting;
    private volatile bool _sentSinceAsked;

    /// <summary>True if there is something to <see cref="Flush"/> once the socket has room.</summary>
    public bool HasWaiting => _hasWaiting;

    /// <returns>False if too much waits already; nothing of the frame was sent.</returns>
    public bool TrySend(ReadOnlySpan<byte> frame)
    {
        lock (_gate)
        {
            if (_waiting.Count >= Capacity)
            {
                return false;
            }

            var sent = _waiting.Count > 0 ? 0 : Send(frame);
            _sentSinceAsked = true;
            if (sent < frame.Length)
            {
                _waiting.Enqueue(frame[sent..].ToArray());
                _hasWaiting = true;
            }

            return true;
        }
    }

    public void Flush()
    {
        lock (_gate)
        {
            while (_waiting.TryPeek(out var frame))
            {
                _sentOfFirst += Send(frame.AsSpan(_sentOfFirst));
                if (_sentOfFirst < frame.Length)
                {
                    return;
                }

                _waiting.Dequeue();
                _sentOfFirst = 0;
            }

            _hasWaiting = false;
        }
    }

    public bool SentSinceAsked()
    {
        var sent = _sentSinceAsked;
        _sentSinceAsked = false;
        return sent;
    }

    private int Send(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Send(bytes, socket);
        }
        catch (ObjectDisposedException)
        {
            return bytes.Length;
        }
    }

    private static unsafe int Send(ReadOnlySpan<byte> bytes, SafeSocketHandle socket)
    {
        fixed (byte* start = bytes)
        {
            while (true)
            {
                var sent = Linux.Send(socket, start, (nuint)bytes.Length, Linux.DontWait | Linux.NoSignal);
                if (sent >= 0)
                {
                    return (int)sent;
                }

                switch (Marshal.GetLastPInvokeError())
                {
                    case Linux.Interrupted:
                        continue;
                    case Linux.Again:
                        return 0;
                    default:
                        // The agent is gone. Why, it may have said before: whoever reads finds out.
                        return bytes.Length;
                }
            }
        }
    }
}
