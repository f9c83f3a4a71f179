using System.Net.Sockets;
using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Dsl;

namespace Miru.Agent.Connections;

/// <summary>
/// A connection's frames to its socket, one batch at a time. What the kernel takes at once needs nothing else; the rest of a batch is
/// handed to a stream that writes as the peer makes room and then asks for more. Until it does nothing is taken from the protocol, where
/// latest wins: a peer that does not read pins one batch here and what the kernel holds for it. The stream is made when it is first needed,
/// so a peer that keeps up has none.
/// </summary>
internal sealed class FrameOutlet(IByteChannel channel, ConfigFrames shared, IActorRef connection, IMaterializer materializer) : IDisposable
{
    private readonly SendBatch _batch = new(shared.OutputBuffers);
    private Action<SendBatch>? _offer;
    private UniqueKillSwitch? _stream;

    /// <summary>The socket took everything so far.</summary>
    public bool IsFree { get; private set; } = true;

    /// <summary>Has the processor fetch what the next write will need, while it does not have to wait for it yet.</summary>
    public void Prefetch()
    {
        _batch.Prefetch();
        channel.Prefetch();
    }

    /// <summary>Writes one batch of what the protocol has. Call only while <see cref="IsFree"/>.</summary>
    /// <returns>Whether the protocol may have more for the next turn.</returns>
    /// <exception cref="SocketException">The connection broke.</exception>
    public bool Write(ConnectionProtocol protocol)
    {
        var more = Fill(protocol);

        // Twice: the small frames, and a body that was too large to lie beside them.
        for (var tries = 2; tries > 0 && !_batch.IsEmpty; tries--)
        {
            var count = channel.TrySend(_batch.Unsent.Span);
            if (count == IByteChannel.NotReady)
            {
                break;
            }

            _batch.Sent(count);
        }

        if (_batch.IsEmpty)
        {
            return more;
        }

        IsFree = false;
        HandOver();
        return false;
    }

    /// <summary>Writes one whole frame from where it is shared. Call only while <see cref="IsFree"/>.</summary>
    /// <param name="frame">Its correlation is set; at most <see cref="OutgoingFrame.MaxPrefix"/> bytes.</param>
    /// <exception cref="SocketException">The connection broke.</exception>
    public void Write(byte[] frame)
    {
        var count = Math.Max(channel.TrySend(frame), 0);
        if (count < frame.Length)
        {
            // The next one who shares it writes another correlation over it.
            _batch.Add(frame, from: count);
            IsFree = false;
            HandOver();
        }
    }

    /// <summary>The stream asks for a batch: the one it was made for, or it has written that.</summary>
    public void OnWanted()
    {
        if (_batch.IsEmpty)
        {
            IsFree = true;
        }
        else
        {
            _offer!(_batch);
        }
    }

    public void Dispose()
    {
        if (_stream is null)
        {
            _batch.Dispose();
        }
        else
        {
            _stream.Shutdown();
        }
    }

    private bool Fill(ConnectionProtocol protocol)
    {
        while (_batch.HasRoom)
        {
            if (!protocol.TryTake(out var frame))
            {
                return false;
            }

            _batch.Add(frame);
        }

        return true;
    }

    private void HandOver()
    {
        if (_offer is not null)
        {
            _offer(_batch);
            return;
        }

        (_stream, _offer) = Source.FromGraph(new BatchSource(connection))
            .ViaMaterialized(KillSwitches.Single<SendBatch>(), (offer, kill) => (kill, offer))
            .To(new SocketSink(channel))
            .Run(materializer);
    }
}
