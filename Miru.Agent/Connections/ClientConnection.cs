using System.Net.Sockets;
using System.Runtime.ExceptionServices;
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
/// <para>Owns: the socket, the <see cref="Conversation"/> on it, the connection's protocol state.</para>
/// <para>Receives: <see cref="InputReady"/>, <see cref="OutputWaits"/> and <see cref="OutputWanted"/> from its conversation; <see cref="SnapshotAdvanced"/> and
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
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly IMaterializer _materializer;
    private ConnectionProtocol? _protocol;
    private Conversation? _conversation;
    private long? _timedFrame;

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
        _conversation?.Dispose();
        _channel.Dispose();
        _log.Debug("{0} ({1}) closed: {2}", _protocol?.App ?? "", _peer, _protocol?.Reason ?? CloseReason.PeerLeft);
    }

    private void Open(SnapshotAdvanced advanced)
    {
        var protocol = new ConnectionProtocol(_terms, _frames, _peer.Rights, advanced.Snapshot);
        var conversation = new Conversation(_channel, protocol, _terms, _frames, Self, _materializer);
        (_protocol, _conversation) = (protocol, conversation);
        Become(() => Serving(protocol, conversation));
        _contacts.Notifier.Tell(new Subscribe(conversation, Context.Dispatcher));
        Self.Tell(InputReady.Instance);
    }

    private void Serving(ConnectionProtocol protocol, Conversation conversation)
    {
        Receive<InputReady>(_ =>
        {
            var waited = protocol.State == ConnectionState.AwaitingHello;
            Read(protocol, conversation);
            if (waited && protocol.State == ConnectionState.Ready)
            {
                _contacts.Status.Tell(new ApplicationGreeted(protocol.App, protocol.Sdk, _peer.Credentials.ProcessId, _peer.Credentials.UserId));
            }

            Proceed(protocol, conversation);
        });
        Receive<OutputWanted>(_ =>
        {
            conversation.OnOutputWanted();
            Proceed(protocol, conversation);
        });
        Receive<OutputWaits>(_ => Proceed(protocol, conversation));
        Receive<SnapshotAdvanced>(advanced =>
        {
            protocol.OnSnapshot(advanced.Snapshot);
            Proceed(protocol, conversation);
        });
        Receive<Beat>(_ =>
        {
            protocol.OnBeat(isReading: !conversation.IsPaused, isStuck: conversation.IsStuckSinceLastBeat());
            Proceed(protocol, conversation);
        });
        Receive<SayGoodbye>(_ =>
        {
            protocol.OnShutdown();
            Proceed(protocol, conversation);
        });
        Receive<HelloOverdue>(_ =>
        {
            protocol.OnHelloDeadline();
            Proceed(protocol, conversation);
        });
        Receive<SyncFinished>(finished => Finish(protocol, conversation, new Errand(ErrandKind.Sync, finished.Ticket), Answers.Of(finished)));
        Receive<StatusGathered>(status => Finish(protocol, conversation, new Errand(ErrandKind.Status, status.Ticket), new StatusMessage(status.Json)));
        Receive<ErrandOverdue>(overdue => Finish(protocol, conversation, overdue.Errand, Answers.Overdue));
        Receive<FrameOverdue>(_ =>
        {
            protocol.OnViolation(new Violation(Clauses.Frame5, "a begun frame was not finished in time"));
            Proceed(protocol, conversation);
        });
        Receive<RestOver>(_ =>
        {
            conversation.EndRest();
            Proceed(protocol, conversation);
        });
        Receive<FlushOverdue>(_ => Context.Stop(Self));
        Receive<OutputEnded>(ended => Lost(ended.Cause));
        Receive<ConversationFailed>(failed => Lost(failed.Cause), failed => failed.Cause is SocketException);
        Receive<ConversationFailed>(failed => ExceptionDispatchInfo.Throw(failed.Cause));
    }

    private void Finish(ConnectionProtocol protocol, Conversation conversation, Errand errand, Message answer)
    {
        protocol.OnErrand(errand, answer);
        Proceed(protocol, conversation);
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

    private void Read(ConnectionProtocol protocol, Conversation conversation)
    {
        try
        {
            conversation.Read();
        }
        catch (SocketException broken)
        {
            Lost(broken);
            return;
        }

        // The clock of a begun frame runs only while its rest is awaited ([frame-5]).
        if (conversation.AwaitedFrame is not { } awaited)
        {
            StopFrameClock();
        }
        else if (_timedFrame != awaited)
        {
            _timedFrame = awaited;
            Timers.StartSingleTimer(FrameOverdue.Instance, FrameOverdue.Instance, _terms.Link.FrameTimeout);
        }

        if (conversation.IsResting && !Timers.IsTimerActive(RestOver.Instance))
        {
            Timers.StartSingleTimer(RestOver.Instance, RestOver.Instance, _terms.Link.ExcessPause);
        }

        if (conversation.HasEnded)
        {
            protocol.OnEnded();
        }
    }

    private void StopFrameClock()
    {
        if (_timedFrame is not null)
        {
            Timers.Cancel(FrameOverdue.Instance);
            _timedFrame = null;
        }
    }

    private void Proceed(ConnectionProtocol protocol, Conversation conversation)
    {
        while (protocol.TryTakeErrand(out var errand))
        {
            Run(errand);
        }

        try
        {
            conversation.Write();
        }
        catch (SocketException broken)
        {
            Lost(broken);
        }

        if (protocol.State == ConnectionState.Closing)
        {
            Close(protocol, conversation);
        }
        else
        {
            conversation.Resume();
        }
    }

    private void Close(ConnectionProtocol protocol, Conversation conversation)
    {
        if (protocol.Reason == CloseReason.Stalled || (protocol.IsFinished && conversation.IsFlushed))
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

    private sealed record HelloOverdue { public static HelloOverdue Instance { get; } = new(); }

    private sealed record ErrandOverdue(Errand Errand);

    private sealed record FrameOverdue { public static FrameOverdue Instance { get; } = new(); }

    private sealed record RestOver { public static RestOver Instance { get; } = new(); }

    private sealed record FlushOverdue { public static FlushOverdue Instance { get; } = new(); }
}
