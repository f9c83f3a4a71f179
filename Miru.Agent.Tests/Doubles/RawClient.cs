using System.Net.Sockets;
using Miru.Protocol;
using Xunit;

namespace Miru.Agent.Tests.Doubles;

/// <summary>An application without an SDK: frames over a real socket, and a deadline on every wait.</summary>
internal sealed class RawClient : IDisposable
{
    private const int Deadline = 10_000;

    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
    {
        ReceiveTimeout = Deadline,
        SendTimeout = Deadline,
    };

    private byte[] _received = [];

    public static RawClient Connect(string path)
    {
        var client = new RawClient();
        client._socket.Connect(new UnixDomainSocketEndPoint(path));
        return client;
    }

    public static RawClient ConnectAndGreet(string path)
    {
        var client = Connect(path);
        client.Say(new Hello([1], [], "test", "test/0"), 1);
        Assert.IsType<Welcome>(client.Hear().Message);
        return client;
    }

    public void Say(Message message, uint correlation = 0) => SayBytes(MessageCodec.Encode(message, correlation));

    public void SayBytes(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[_socket.Send(bytes)..];
        }
    }

    /// <summary>The next frame; fails at the end of the stream.</summary>
    public (Message Message, uint Correlation) Hear()
    {
        while (true)
        {
            var read = FrameReader.Read(_received, ProtocolLimits.MaxLength);
            if (read.Status == FrameReadStatus.Frame)
            {
                var decoded = MessageCodec.Decode(read.Frame);
                _received = _received[read.Length..];
                return (decoded.Message!, read.Frame.Correlation);
            }

            Assert.Equal(FrameReadStatus.NeedMore, read.Status);
            Assert.True(Receive(), "the agent closed the connection");
        }
    }

    /// <summary>Frames until one of a type; what came before is dropped.</summary>
    public T HearUntil<T>()
        where T : Message
    {
        while (true)
        {
            if (Hear().Message is T wanted)
            {
                return wanted;
            }
        }
    }

    /// <summary>The agent closes without saying more.</summary>
    public void HearEnd()
    {
        Assert.Empty(_received);
        Assert.False(Receive(), "the agent said more");
    }

    /// <summary>Everything until the agent closes.</summary>
    public byte[] HearAll()
    {
        while (Receive())
        {
        }

        return _received;
    }

    /// <summary>Whether something can be heard now.</summary>
    public bool HasBytes => _received.Length > 0 || _socket.Available > 0;

    /// <summary>Closes the sending half only.</summary>
    public void StopSaying() => _socket.Shutdown(SocketShutdown.Send);

    public void Dispose() => _socket.Dispose();

    private bool Receive()
    {
        var buffer = new byte[64 * 1024];
        try
        {
            var count = _socket.Receive(buffer);
            _received = [.. _received, .. buffer.AsSpan(0, count)];
            return count > 0;
        }
        catch (SocketException reset) when (reset.SocketErrorCode is SocketError.ConnectionReset)
        {
            // The agent closed with bytes of ours unread.
            return false;
        }
    }
}
