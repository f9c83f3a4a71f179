using Akka.Actor;
using Akka.Event;
using Akka.Streams;
using Akka.Streams.Dsl;
using Miru.Agent.Cloud;
using Miru.Agent.Connections.Access;
using Miru.Agent.Health;
using Miru.Agent.Notifications;
using Miru.Protocol;

namespace Miru.Agent.Connections;

/// <summary>
/// Hop 5: one application's connection. It feeds <see cref="ConnectionProtocol"/> with what the peer, the notifier and the
/// clock bring, and hands the socket one batch of frames at a time.
/// <para>Owns: the socket, a stream for each direction, the connection's protocol state.</para>
/// <para>Receives: <see cref="Inbound"/> and <see cref="OutputWanted"/> from its streams; <see cref="SnapshotAdvanced"/> and
/// <see cref="Beat"/> from the notifier; <see cref="SyncFinished"/>, <see cref="StatusGathered"/>; <see cref="SayGoodbye"/>; its deadlines.</para>
/// <para>Tells: the notifier <see cref="Subscribe"/>; the status <see cref="ApplicationGreeted"/> and <see cref="GatherStatus"/>; the cloud
/// <see cref="SyncNow"/>; the peer frames, as far as its demand and its socket go.</para>
/// <para>On failure: stops, which closes the socket; the application reconnects and resumes. Nobody else is affected.</para>
/// </summary>
internal sealed class ClientConnection : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan FlushTimeout = TimeSpan.FromSeconds(1);

    private readonly IByteChannel _channel;
    private readonly Peer _peer;
    private readonly ConnectionTerms _terms;
    private readonly ConfigFrames _frames;
    private readonly ConnectionContacts _contacts;
    private readonly IMaterializer _materializer;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private ConnectionProtocol? _protocol;
    private UniqueKillSwitch? _input;
    private UniqueKillSwitch? _output;
    private Action<SendBatch> _offer = batch => batch.Dispose();
    private IActorRef? _awaitsHandled;
    private bool _outputWanted;
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
        _materializer = materializer;

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
        Timers.StartSingleTimer(HelloOverdue.Instance, HelloOverdue.Instance, _terms.Link.HelloTimeout);
        _contacts.Notifier.Tell(Subscribe.Instance);
    }

    protected override void PostStop()
    {
        _input?.Shutdown();
        _output?.Shutdown();
        _channel.Dispose();
        _log.Debug("{0} ({1}) closed: {2}", _protocol?.App ?? "", _peer, _protocol?.Reason ?? CloseReason.PeerLeft);
    }

    private void Open(SnapshotAdvanced advanced)
    {
        var protocol = new ConnectionProtocol(_terms, _frames, _peer.Rights, advanced.Snapshot);
        _protocol = protocol;
        Become(() => Serving(protocol));

        (_output, _offer) = Source.FromGraph(new BatchSource(Self))
            .ViaMaterialized(KillSwitches.Single<SendBatch>(), (offer, kill) => (kill, offer))
            .To(new SocketSink(_channel))
            .Run(_materializer);
        _input = Source.FromGraph(new SocketSource(_channel))
            .Via(new FramingStage(_terms.Link))
            .ViaMaterialized(KillSwitches.Single<Inbound>(), Keep.Right)
            .To(Sink.ActorRefWithAck<Inbound>(
                Self, InputOpened.Instance, InputHandled.Instance, InputEnded.Instance, cause => new InputFailed(cause)))
            .Run(_materializer);
    }

    private void Serving(ConnectionProtocol protocol)
    {
        Receive<InputOpened>(_ => Sender.Tell(InputHandled.Instance));
        Receive<Inbound>(inbound =>
        {
            _awaitsHandled = Sender;
            var waited = protocol.State == ConnectionState.AwaitingHello;
            Handle(protocol, inbound);
            if (waited && protocol.State == ConnectionState.Ready)
            {
                _contacts.Status.Tell(new ApplicationGreeted(protocol.App, protocol.Sdk, _peer.Credentials.ProcessId, _peer.Credentials.UserId));
            }

            Proceed(protocol);
        });
        Receive<OutputWanted>(_ =>
        {
            _outputWanted = true;
            Proceed(protocol);
        });
        Receive<SnapshotAdvanced>(advanced =>
        {
            protocol.OnSnapshot(advanced.Snapshot);
            Proceed(protocol);
        });
        Receive<Beat>(_ =>
        {
            var sent = _channel.BytesSent;
            protocol.OnBeat(isReading: _awaitsHandled is null, isStuck: !_outputWanted && sent == _sentAtLastBeat);
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
        Receive<InputEnded>(_ =>
        {
            protocol.OnEnded();
            Proceed(protocol);
        });
        Receive<FlushOverdue>(_ => Context.Stop(Self));
        Receive<InputFailed>(failed => Lost(failed.Cause));
        Receive<OutputEnded>(ended => Lost(ended.Cause));
    }

    /// <summary>Hands what came in to the protocol.</summary>
    internal static void Handle(ConnectionProtocol protocol, Inbound inbound)
    {
        switch (inbound)
        {
            case Inbound.Request request:
                protocol.OnMessage(request.Message, request.Correlation);
                break;
            case Inbound.Broken broken:
                protocol.OnViolation(broken.Violation);
                break;
            case Inbound.Http:
                protocol.OnHttp();
                break;
        }
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
        else if (protocol.WantsInput && _awaitsHandled is { } stream)
        {
            _awaitsHandled = null;
            stream.Tell(InputHandled.Instance);
        }
    }

    private void Write(ConnectionProtocol protocol)
    {
        if (!_outputWanted || !protocol.TryTake(out var frame))
        {
            return;
        }

        var batch = new SendBatch();
        do
        {
            batch.Add(frame);
        }
        while (batch.HasRoom && protocol.TryTake(out frame));
        _outputWanted = false;
        _offer(batch);
    }

    private void Close(ConnectionProtocol protocol)
    {
        if (protocol.Reason == CloseReason.Stalled || (protocol.IsFinished && _outputWanted))
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

    private sealed record FlushOverdue
    {
        public static FlushOverdue Instance { get; } = new();
    }
}
