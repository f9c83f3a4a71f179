using System.Net.Sockets;

namespace Miru.Agent.Connections;

/// <summary>
/// A peer's bytes as messages, as far as they are asked for: what nobody asks for stays in the kernel, where it holds the peer back. A read
/// goes straight to where the frame is put together, and no buffer is held while nothing waits in it.
/// </summary>
internal sealed class FrameIntake(IByteChannel channel, FrameAssembler assembler) : IDisposable
{
    /// <summary>A frame has begun and its rest has not arrived.</summary>
    public bool IsPartial => assembler.IsPartial;

    /// <summary>A whole request lies in memory and was not taken.</summary>
    public bool HoldsRequest => assembler.HoldsRequest;

    /// <summary>Whole frames so far; tells one begun frame from the next.</summary>
    public long FramesRead => assembler.FramesRead;

    /// <summary>The peer sends nothing more.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>
    /// One turn: tells the protocol of some messages, as long as it wants them. False when none is left, or none will ever be:
    /// <see cref="HasEnded"/>.
    /// </summary>
    /// <param name="protocol">Who is told.</param>
    /// <param name="most">How many messages a turn has.</param>
    /// <exception cref="SocketException">The connection broke.</exception>
    public bool Feed(ConnectionProtocol protocol, int most)
    {
        for (; most > 0 && protocol.WantsInput; most--)
        {
            if (!TryTake(out var inbound))
            {
                assembler.ReleaseIfEmpty();
                return false;
            }

            inbound.Apply(protocol);
        }

        return true;
    }

    /// <summary>What has arrived and was not taken yet, after one more read. It stays until it is taken.</summary>
    /// <exception cref="SocketException">The connection broke.</exception>
    public ReadOnlySpan<byte> Peek()
    {
        HasEnded |= Receive() == 0;
        return assembler.Waiting;
    }

    /// <summary>The first whole frame of <see cref="Peek"/> was taken.</summary>
    public void Skip(int length)
    {
        assembler.Skip(length);
        assembler.ReleaseIfEmpty();
    }

    public void Dispose() => assembler.Dispose();

    private bool TryTake(out Inbound inbound)
    {
        while (!assembler.TryRead(out inbound))
        {
            var count = HasEnded ? IByteChannel.NotReady : Receive();
            if (count <= 0)
            {
                HasEnded |= count == 0;
                return false;
            }
        }

        return true;
    }

    // No buffer is rented for a try that cannot succeed.
    private int Receive()
    {
        if (!channel.IsReadable)
        {
            return IByteChannel.NotReady;
        }

        var count = channel.TryReceive(assembler.FreeSpace());
        assembler.Received(Math.Max(count, 0));
        return count;
    }
}
