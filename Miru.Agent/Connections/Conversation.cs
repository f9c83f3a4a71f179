using System.Net.Sockets;
using Akka.Actor;
using Akka.Streams;
using Miru.Agent.Notifications;
using Miru.Protocol;

namespace Miru.Agent.Connections;

/// <summary>
/// One peer's frames, in and out, on the thread of the I/O loop. What is routine (whole requests came, their answers fit the socket) is
/// done right where the loop finds the socket readable: a mailbox between them would cost a GET a fifth more. Everything else becomes
/// a message to the connection's actor, which shares the thread and is never in the middle of something when the loop looks at sockets.
/// </summary>
internal sealed class Conversation : ISnapshotReceiver, IDisposable
{
    private readonly IByteChannel _channel;
    private readonly ConnectionProtocol _protocol;
    private readonly IActorRef _connection;
    private readonly FrameIntake _intake;
    private readonly FrameOutlet _outlet;
    private readonly RequestMemo _requests;
    private readonly int _turn;
    private readonly Action _onReadable;
    private long _sentAtLastBeat;
    private bool _isOver;

    /// <param name="channel">Open; the caller closes it.</param>
    /// <param name="protocol">Who is told of messages and asked for frames.</param>
    /// <param name="terms">How much a turn is, and what is too large.</param>
    /// <param name="shared">What all connections share.</param>
    /// <param name="connection">Told <see cref="InputReady"/> and <see cref="OutputWanted"/> where something is not routine.</param>
    /// <param name="materializer">Of the loop's dispatcher.</param>
    public Conversation(
        IByteChannel channel, ConnectionProtocol protocol, ConnectionTerms terms, ConfigFrames shared, IActorRef connection, IMaterializer materializer)
    {
        _channel = channel;
        _protocol = protocol;
        _connection = connection;
        _intake = new FrameIntake(channel, new FrameAssembler(terms.Link.MaxHelloSize, terms.Link.MaxRequestSize, shared));
        _outlet = new FrameOutlet(channel, shared, connection, materializer);
        _requests = shared.Requests;
        _turn = terms.Link.MaxRequestsInFlight;
        _onReadable = OnReadable;
    }

    /// <summary>The protocol wanted no more, or a turn was over: nothing is read until <see cref="Resume"/>.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>
    /// The peer has more requests under way than it may, and waits for no answer ([demand-1]): nothing is read until <see cref="EndRest"/>. A
    /// conforming application never gets here. One that floods would keep both its own core and the loop's busy, to everybody's delay.
    /// </summary>
    public bool IsResting { get; private set; }

    /// <summary>The frame that has begun and whose rest is awaited: how many came before it; <c>null</c> where there is none.</summary>
    public long? AwaitedFrame => !IsPaused && _intake.IsPartial ? _intake.FramesRead : null;

    /// <summary>The peer sends nothing more.</summary>
    public bool HasEnded => _intake.HasEnded;

    /// <summary>Whether the socket took everything so far.</summary>
    public bool IsFlushed => _outlet.IsFree;

    /// <summary>One turn of reading: a bounded number of messages, as far as the protocol wants them.</summary>
    /// <exception cref="SocketException">The connection broke.</exception>
    public void Read()
    {
        if (IsResting)
        {
            return;
        }

        IsPaused = _intake.Feed(_protocol, _turn);
        IsResting = IsPaused && _protocol.IsFull && _intake.HoldsRequest;
        if (!IsPaused && !HasEnded)
        {
            _channel.WhenReadable(_onReadable);
        }
    }

    /// <summary>The peer has waited for what it asked too much.</summary>
    public void EndRest() => IsResting = false;

    /// <summary>Reads again in another turn, if it paused, is not resting and the protocol wants more.</summary>
    public void Resume()
    {
        if (IsPaused && !IsResting && _protocol.WantsInput)
        {
            IsPaused = false;
            _connection.Tell(InputReady.Instance, ActorRefs.NoSender);
        }
    }

    /// <summary>One turn of writing: a batch, if the one before is out.</summary>
    /// <exception cref="SocketException">The connection broke.</exception>
    public void Write()
    {
        if (_outlet.IsFree && _outlet.Write(_protocol))
        {
            _connection.Tell(OutputWaits.Instance, ActorRefs.NoSender);
        }
    }

    /// <summary>The stream to the socket wants a batch.</summary>
    public void OnOutputWanted() => _outlet.OnWanted();

    /// <summary>At each beat: whether bytes wait and the peer took none since the last one.</summary>
    public bool IsStuckSinceLastBeat()
    {
        var isStuck = !_outlet.IsFree && _channel.BytesSent == _sentAtLastBeat;
        _sentAtLastBeat = _channel.BytesSent;
        return isStuck;
    }

    /// <summary>The store moved on.</summary>
    public void OnAdvanced(SnapshotAdvanced advanced)
    {
        if (_isOver)
        {
            return;
        }

        try
        {
            _protocol.OnSnapshot(advanced.Snapshot);
            _outlet.Prefetch();
        }
        catch (Exception failure)
        {
            Fail(failure);
        }
    }

    /// <summary>Sends what that brought, if the socket takes it.</summary>
    public void Push()
    {
        if (_isOver)
        {
            return;
        }

        try
        {
            Write();
        }
        catch (Exception failure)
        {
            Fail(failure);
            return;
        }

        if (_protocol.NeedsAttention)
        {
            _connection.Tell(OutputWaits.Instance, ActorRefs.NoSender);
        }
    }

    public void Dispose()
    {
        _isOver = true;
        _outlet.Dispose();
        _intake.Dispose();
    }

    // Between two tasks of the loop, and for greeted peers only: who they are is the actor's to tell.
    private void OnReadable()
    {
        if (_isOver)
        {
            return;
        }

        if (_protocol.State != ConnectionState.Ready || !_outlet.IsFree || _intake.IsPartial)
        {
            _connection.Tell(InputReady.Instance, ActorRefs.NoSender);
            return;
        }

        try
        {
            if (TryRepeat())
            {
                return;
            }

            Read();
            Write();
        }
        catch (Exception failure)
        {
            Fail(failure);
            return;
        }

        if (IsPaused || HasEnded || _intake.IsPartial || _protocol.NeedsAttention)
        {
            _connection.Tell(InputReady.Instance, ActorRefs.NoSender);
        }
    }

    // What an application that keeps asking costs: a read, a comparison, a write. The frame lies ready, but for its correlation.
    private bool TryRepeat()
    {
        var bytes = _intake.Peek();
        if (!_requests.TryRecall(bytes, out var request, out var correlation, out var length)
            || length != bytes.Length
            || !_protocol.TryRepeat(request, out var answer))
        {
            return false;
        }

        _intake.Skip(length);
        FrameWriter.SetCorrelation(answer, correlation);
        _outlet.Write(answer);
        _channel.WhenReadable(_onReadable);
        return true;
    }

    // Whatever it is, it is this connection's, and not the loop's or the notifier's. The actor may be stopping already; nothing is done until it has.
    private void Fail(Exception failure)
    {
        _isOver = true;
        _connection.Tell(new ConversationFailed(failure), ActorRefs.NoSender);
    }
}
