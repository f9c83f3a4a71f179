using System.Net.Sockets;
using Akka.Actor;
using Akka.Event;
using Akka.Streams;
using Miru.Agent.Connections.Access;

namespace Miru.Agent.Connections;

/// <summary>
/// Accepts applications.
/// <para>Owns: the listening socket and its path, the quota, the materializer of all their streams, one child
/// <c>client-n</c> per connection.</para>
/// <para>Receives: accepted sockets; <see cref="StopAccepting"/> and <see cref="SayGoodbye"/> at shutdown; the end of its children.</para>
/// <para>Tells: its parent <see cref="Listening"/>; refused peers <c>busy</c>; its children <see cref="SayGoodbye"/>.</para>
/// <para>Logs refusals, each kind once a minute at most.</para>
/// <para>On failure: a path that is not ours to take throws <see cref="SocketClaimException"/> from the start; a failing accept
/// backs off; a failing child is stopped and nobody else notices; anything else restarts the actor, and applications reconnect.</para>
/// </summary>
internal sealed class SocketListener : ReceiveActor, IWithTimers
{
    private const int Backlog = 1024;

    /// <summary>Connections told <c>busy</c> in one go when descriptors run out; the others wait for the next attempt.</summary>
    private const int MostRefusedAtOnce = 32;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly SocketSettings _socket;
    private readonly ConnectionTerms _terms;
    private readonly AccessRules _access;
    private readonly ConnectionContacts _contacts;
    private readonly ConfigFrames _frames = new();
    private readonly ConnectionQuota _quota;
    private readonly Dictionary<IActorRef, uint> _users = [];
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly SocketActivation? _activation;
    private readonly ReserveDescriptor _reserve = new();
    private readonly ListenerLog _notices;
    private SocketOwnership? _ownership;
    private IMaterializer? _materializer;
    private IActorRef? _awaitsSilence;
    private TimeSpan _pause = TimeSpan.Zero;
    private long _accepted;

    /// <param name="activation">What systemd handed over; <c>null</c> makes the socket itself, as the settings say.</param>
    public SocketListener(
        SocketSettings socket,
        SocketActivation? activation,
        ConnectionTerms terms,
        AccessRules access,
        IActorRef notifier,
        IActorRef status,
        TimeProvider time)
    {
        _socket = socket;
        _activation = activation;
        _notices = new ListenerLog(_log, terms.Link, time);
        _terms = terms;
        _access = access;
        _contacts = new ConnectionContacts(notifier, status, Cloud: Context.Parent);

        var fitting = DescriptorBudget.ConnectionsNow(terms.Link.MaxConnections);
        _quota = new ConnectionQuota(fitting, terms.Link.MaxConnectionsPerUser);
        _notices.Fit(fitting);

        Receive<Accepted>(OnAccepted);
        Receive<AcceptFailed>(OnAcceptFailed);
        Receive<AcceptAgain>(_ => Accept());
        Receive<Terminated>(ended => OnClosed(ended.ActorRef));
        Receive<StopAccepting>(_ => OnStopAccepting());
        Receive<SayGoodbye>(_ => OnSayGoodbye());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        _ownership = _activation is null
            ? SocketOwnership.Claim(_socket.Path, _socket.Mode, _socket.Group, Backlog)
            : SocketOwnership.Inherit(_activation);
        _ownership.Listener.Blocking = false;
        _notices.Check(_access, socketGroup: _activation is null ? _socket.Group : "");
        _materializer = Context.Materializer(ActorMaterializerSettings.Create(Context.System).WithDispatcher(IoLoopConfigurator.Id));
        Context.Parent.Tell(new Listening(_ownership.SocketPath));

        // From here on the kernel takes connections, so this delays nobody: the first one would pay for it anyway.
        Rehearsal.Run(_terms);
        RehearseReserve(_ownership.Listener);
        Accept();
    }

    protected override void PostStop()
    {
        _ownership?.Dispose();
        _reserve.Dispose();
    }

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(failure => Directive.Stop);

    private void Accept()
    {
        if (_ownership is { Listener: var listener })
        {
            listener.AcceptAsync().PipeTo(
                Self,
                success: client => new Accepted(client),
                failure: cause => new AcceptFailed(listener, cause));
        }
    }

    private void OnAccepted(Accepted accepted)
    {
        _pause = TimeSpan.Zero;
        if (_ownership is null)
        {
            accepted.Client.Dispose();
            return;
        }

        TryServe(accepted.Client);
        Accept();
    }

    private void TryServe(Socket client)
    {
        try
        {
            Serve(client);
        }
        catch (SocketException gone)
        {
            // It left between connect and accept.
            _log.Debug("A client was gone before it was served: {0}", gone.Message);
            client.Dispose();
        }
    }

    private void Serve(Socket client)
    {
        var credentials = PeerCredentials.Of(client);
        if (!_quota.TryTake(credentials.UserId))
        {
            _notices.Refused(credentials, _quota);
            BusySignal.Give(client);
            return;
        }

        var peer = new Peer(credentials, _access.Of(credentials));
        if (peer.Rights == AccessRights.Nothing)
        {
            _notices.WithoutRights(peer);
        }

        var channel = new SocketChannel(client, _terms.Link.SendBuffer);
        var terms = _terms;
        var frames = _frames;
        var contacts = _contacts;
        var materializer = _materializer!;
        var connection = Context.ActorOf(
            Props.Create(() => new ClientConnection(channel, peer, terms, frames, contacts, materializer)).WithDispatcher(IoLoopConfigurator.Id),
            $"client-{++_accepted}");
        _users[connection] = credentials.UserId;
        Context.Watch(connection);
    }

    /// <summary>For the same reason as <see cref="Rehearsal"/>: code that is first used without descriptors cannot be loaded then.</summary>
    private void RehearseReserve(Socket listener)
    {
        if (_reserve.TryAccept(listener) is { } early)
        {
            TryServe(early);
        }

        _reserve.Refill();
    }

    private void OnAcceptFailed(AcceptFailed failed)
    {
        if (_ownership?.Listener != failed.Listener)
        {
            return;
        }

        _notices.CannotAccept(failed.Cause);

        // EMFILE and its kin end by themselves when connections close; until then, retrying at once would only burn a core.
        _reserve.RefuseWaiting(failed.Listener, MostRefusedAtOnce);

        _pause = _pause == TimeSpan.Zero ? ShortestPause : TimeSpan.FromTicks(Math.Min(_pause.Ticks * 2, LongestPause.Ticks));
        Timers.StartSingleTimer(AcceptAgain.Instance, AcceptAgain.Instance, _pause);
    }

    private void OnClosed(IActorRef connection)
    {
        if (_users.Remove(connection, out var user))
        {
            _quota.Return(user);
        }

        if (_users.Count == 0)
        {
            _awaitsSilence?.Tell(ConnectionsClosed.Instance);
            _awaitsSilence = null;
        }
    }

    private void OnStopAccepting()
    {
        _ownership?.Dispose();
        _ownership = null;
        Sender.Tell(AcceptingStopped.Instance);
    }

    private void OnSayGoodbye()
    {
        if (_users.Count == 0)
        {
            Sender.Tell(ConnectionsClosed.Instance);
            return;
        }

        _awaitsSilence = Sender;
        foreach (var connection in _users.Keys)
        {
            connection.Tell(SayGoodbye.Instance);
        }
    }

    private sealed record Accepted(Socket Client);

    private sealed record AcceptFailed(Socket Listener, Exception Cause);

    private sealed record AcceptAgain
    {
        public static AcceptAgain Instance { get; } = new();
    }
}
