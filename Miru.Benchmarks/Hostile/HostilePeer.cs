using System.Diagnostics;
using System.Net.Sockets;
using Miru.Protocol;

namespace Miru.Benchmarks.Hostile;

/// <summary>One connection to the agent that says what it likes. Every wait has an end: one that lasts so long is a hang, and a finding.</summary>
internal sealed class HostilePeer : IDisposable
{
    private const int Patience = 20_000;

    private static readonly byte[] Hello = MessageCodec.Encode(new Hello([ProtocolLimits.Version], [], "hostile", "hostile/0"), 1);

    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
    {
        ReceiveTimeout = Patience,
        SendTimeout = Patience,
    };

    private readonly byte[] _buffer = new byte[64 * 1024];

    public HostilePeer(string path, bool greeted)
    {
        // A full backlog refuses without waiting; that is the agent's right.
        for (var left = 1000; ; left--)
        {
            try
            {
                _socket.Connect(new UnixDomainSocketEndPoint(path));
                break;
            }
            catch (SocketException busy) when (busy.SocketErrorCode == SocketError.WouldBlock && left > 0)
            {
                Thread.Yield();
            }
        }

        if (greeted)
        {
            Say(Hello);
            Hear();
        }
    }

    /// <summary>Says it, or as much of it as the agent listens to.</summary>
    public void Say(ReadOnlySpan<byte> bytes)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            while (!bytes.IsEmpty)
                bytes = bytes[_socket.Send(bytes)..];
        }
        catch (SocketException closed) when (closed.SocketErrorCode is SocketError.Shutdown or SocketError.ConnectionReset)
        {
        }
        catch (SocketException ended) when (ended.SocketErrorCode == SocketError.TimedOut)
        {
            // A peer that closes in the middle of a send makes the kernel say EAGAIN at once, which .NET takes for the timeout that a blocking socket has.
            if (Stopwatch.GetElapsedTime(started) >= TimeSpan.FromMilliseconds(Patience))
                throw new HostileFinding($"the agent read nothing for {Patience / 1000} s and did not close");
        }
    }

    public void StopSaying()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException closed) when (closed.SocketErrorCode is SocketError.NotConnected or SocketError.Shutdown)
        {
        }
    }

    /// <summary>Some bytes; 0 at the end.</summary>
    public int Hear()
    {
        try
        {
            return _socket.Receive(_buffer);
        }
        catch (SocketException closed) when (closed.SocketErrorCode == SocketError.ConnectionReset)
        {
            return 0;
        }
        catch (SocketException silent) when (silent.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
        {
            throw new HostileFinding($"the agent said nothing for {Patience / 1000} s and did not close");
        }
    }

    /// <summary>Hears everything until the agent closes.</summary>
    /// <returns>How many bytes that was.</returns>
    public long HearAll()
    {
        long heard = 0;
        while (Hear() is > 0 and var count)
            heard += count;
        return heard;
    }

    public void Dispose() => _socket.Dispose();
}
