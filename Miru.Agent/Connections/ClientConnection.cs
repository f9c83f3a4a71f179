using System.Net.Sockets;
using Akka.Actor;
using Akka.Event;
using Akka.Streams;
using Miru.Agent.Cloud;
using Miru.Agent.Connections.Access;
using Miru.Agent.Health;
using Miru.Agent.Notifications;
using Miru.Protocol;

namespace Miru.Agent.Connections;

/// <summary>
/// Hop 5: one application's connection. It feeds <see cref="ConnectionProtocol"/> with what the peer, the notifier and the
/// clock bring, and hands the socket one batch of frames at a time.
/// <para>Owns: the socket, intake and outlet of its frames, the connection's protocol state.</para>
/// <para>Receives: <see cref="InputReady"/> from the I/O loop; <see cref="OutputWanted"/> from its stream; <see cref="SnapshotAdvanced"/> and
/// <see cref="Beat"/> from the notifier; <see cref="SyncFinished"/>, <see cref="StatusGathered"/>; <see cref="SayGoodbye"/>; its deadlines.</para>
/// <para>Tells: the notifier <see cref="Subscribe"/>; the status <see cref="ApplicationGreeted"/> and <see cref="GatherStatus"/>; the cloud
/// <see cref="SyncNow"/>; the peer frames, as far as its demand and its socket go.</para>
/// <para>On failure: stops, which closes the socket; the application reconnects and resumes. Nobody else is affected.</para>
/// </summary>
internal sealed class ClientConnection : ReceiveActor, IWithTimers
{
    private const long NoFrame = -1;
    private static readonly TimeSpan FlushTimeout = TimeSpan.FromSeconds(1);

    private readonly IByteChannel _channel;
    private readonly Peer _peer;
    private readonly ConnectionTerms _terms;
    private readonly ConfigFrames _frames;
    private readonly ConnectionContacts _contacts;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly FrameOutlet _output;
    private readonly Action _tellReadable;
    private FrameIntake? _input;
    private ConnectionProtocol? _protocol;
    private bool _inputPaused;
    private long _timedFrame = NoFrame;
    private long _sentAtLastBeat;

    public ClientConnection(
        IByteChannel channel,
        Peer peer,
        ConnectionTerms terms,
        ConfigFrames frames,
        ConnectionContacts contacts,
        IMaterializer materializer)
    {
        _channel = channel;
        _peer = peer;
        _terms = terms;
        _frames = frames;
        _contacts = contacts;
        _output = new FrameOutlet(channel, Self, materializer);
        var self = Self;
        _tellReadable = () => self.Tell(InputReady.Instance, ActorRefs.NoSender);

        // Nothing is read before there is something to answer from.
        Receive<SnapshotAdvanced>(Open);
        Receive<Beat>(_ => { });
        Receive<SayGoodbye>(_ => Context.Stop(Self));
        Receive<HelloOverdue>(_ => Context.Stop(Self));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        _channel.Open(Context);
        _input = new FrameIntake(_channel, new FrameAssembler(_terms.Link.MaxHelloSize, _terms.Link.MaxRequestSize, _frames.Requests));
        Timers.StartSingleTimer(HelloOverdue.Instance, HelloOverdue.Instance, _terms.Link.HelloTimeout);
        _contacts.Notifier.Tell(Subscribe.Instance);
    }

    protected override void PostStop()
    {
        _output.Dispose();
        _input?.Dispose();
        _channel.Dispose();
        _log.Debug("{0} ({1}) closed: {2}", _protocol?.App ?? "", _peer, _protocol?.Reason ?? CloseReason.PeerLeft);
    }

    private void Open(SnapshotAdvanced advanced)
    {
        var protocol = new ConnectionProtocol(_terms, _frames, _peer.Rights, advanced.Snapshot);
        _protocol = protocol;
        var input = _input!;
        Become(() => Serving(protocol, input));
        input.WhenReadable(_tellReadable);
    }

    private void Serving(ConnectionProtocol protocol, FrameIntake input)
    {
        Receive<InputReady>(_ =>
        {
            var waited = protocol.State == ConnectionState.AwaitingHello;
            Read(protocol, input);
            if (waited && protocol.State == ConnectionState.Ready)
            {
                _contacts.Status.Tell(new ApplicationGreeted(protocol.App, protocol.Sdk, _peer.Credentials.ProcessId, _peer.Credentials.UserId));
            }

            Proceed(protocol);
        });
        Receive<OutputWanted>(_ =>
        {
            _output.OnWanted();
            Proceed(protocol);
        });
        Receive<NextTurn>(_ => Proceed(protocol));
        Receive<SnapshotAdvanced>(advanced =>
        {
            protocol.OnSnapshot(advanced.Snapshot);
            Proceed(protocol);
        });
        Receive<Beat>(_ =>
        {
            var sent = _channel.BytesSent;
            protocol.OnBeat(isReading: !_inputPaused, isStuck: !_output.IsFree && sent == _sentAtLastBeat);
            _sentAtLastBeat = sent;
            Proceed(protocol);
        });
        Receive<SayGoodbye>(_ =>
        {
            protocol.OnShutdown();
            Proceed(protocol);
        });
        Receive<HelloOverdue>(_ =>
        {
            protocol.OnHelloDeadline();
            Proceed(protocol);
        });
        Receive<SyncFinished>(finished => Finish(protocol, new Errand(ErrandKind.Sync, finished.Ticket), Answers.Of(finished)));
        Receive<StatusGathered>(status => Finish(protocol, new Errand(ErrandKind.Status, status.Ticket), new StatusMessage(status.Json)));
        Receive<ErrandOverdue>(overdue => Finish(protocol, overdue.Errand, Answers.Overdue));
        Receive<FrameOverdue>(_ =>
        {
            protocol.OnViolation(new Violation(Clauses.Frame5, "a begun frame was not finished in time"));
            Proceed(protocol);
        });
        Receive<FlushOverdue>(_ => Context.Stop(Self));
        Receive<OutputEnded>(ended => Lost(ended.Cause));
    }

    private void Finish(ConnectionProtocol protocol, Errand errand, Message answer)
    {
        protocol.OnErrand(errand, answer);
        Proceed(protocol);
    }

    private void Run(Errand errand)
    {
        Timers.StartSingleTimer(errand.Kind, new ErrandOverdue(errand), _terms.Link.SyncTimeout);
        if (errand.Kind == ErrandKind.Sync)
        {
            _contacts.Cloud.Tell(new SyncNow(errand.Ticket));
        }
        else
        {
            _contacts.Status.Tell(new GatherStatus(errand.Ticket, _peer.Rights.Allow(Operations.Admin)));
        }
    }

    private void Read(ConnectionProtocol protocol, FrameIntake input)
    {
        try
        {
            _inputPaused = input.Feed(protocol, _terms.Link.MaxRequestsInFlight);
        }
        catch (SocketException broken)
        {
            Lost(broken);
            return;
        }

        // The clock of a begun frame runs only while its rest is awaited ([frame-5]).
        if (_inputPaused || !input.IsPartial)
        {
            StopFrameClock();
        }
        else if (_timedFrame != input.FramesRead)
        {
            _timedFrame = input.FramesRead;
            Timers.StartSingleTimer(FrameOverdue.Instance, FrameOverdue.Instance, _terms.Link.FrameTimeout);
        }

        if (input.HasEnded)
        {
            protocol.OnEnded();
        }
        else if (!_inputPaused)
        {
            input.WhenReadable(_tellReadable);
        }
    }

    private void StopFrameClock()
    {
        if (_timedFrame != NoFrame)
        {
            Timers.Cancel(FrameOverdue.Instance);
            _timedFrame = NoFrame;
        }
    }

    private void Proceed(ConnectionProtocol protocol)
    {
        while (protocol.TryTakeErrand(out var errand))
        {
            Run(errand);
        }

        Write(protocol);
        if (protocol.State == ConnectionState.Closing)
        {
            Close(protocol);
        }
        else if (_inputPaused && protocol.WantsInput)
        {
            _inputPaused = false;
            _tellReadable();
        }
    }

    private void Write(ConnectionProtocol protocol)
    {
        try
        {
            if (_output.IsFree && _output.Write(protocol))
            {
                Self.Tell(NextTurn.Instance);
            }
        }
        catch (SocketException broken)
        {
            Lost(broken);
        }
    }

    private void Close(ConnectionProtocol protocol)
    {
        if (protocol.Reason == CloseReason.Stalled || (protocol.IsFinished && _output.IsFree))
        {
            Context.Stop(Self);
        }
        else if (!Timers.IsTimerActive(FlushOverdue.Instance))
        {
            Timers.StartSingleTimer(FlushOverdue.Instance, FlushOverdue.Instance, FlushTimeout);
        }
    }

    private void Lost(Exception cause)
    {
        _log.Debug("The connection of {0} broke: {1}", _peer, cause.Message);
        Context.Stop(Self);
    }

    private sealed record HelloOverdue
    {
        public static HelloOverdue Instance { get; } = new();
    }

    private sealed record ErrandOverdue(Errand Errand);

    private sealed record FrameOverdue
    {
        public static FrameOverdue Instance { get; } = new();
    }

    /// <summary>To itself: there was more to write than one turn has.</summary>
    private sealed record NextTurn
    {
        public static NextTurn Instance { get; } = new();
    }

    private sealed record FlushOverdue
    {
        public static FlushOverdue Instance { get; } = new();
    }
}
