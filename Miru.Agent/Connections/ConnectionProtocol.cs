using Miru.Agent.Configs;
using Miru.Protocol;

namespace Miru.Agent.Connections;

/// <summary>
/// The protocol of one connection as a pure state machine: messages, beats and snapshots go in, frames come out as fast as
/// the socket takes them, and at the end a reason to close. It knows no socket, no clock and no actor.
/// </summary>
/// <remarks>
/// <code>
/// AwaitingHello ──HELLO──► Ready ──violation, silence, shutdown──► Closing ──all sent──► closed
///       └────────anything else, deadline──────────────────────────────┘
/// </code>
/// </remarks>
internal sealed class ConnectionProtocol(ConnectionTerms terms, ConfigFrames frames, ConfigSnapshot snapshot)
{
    private readonly Queue<OutgoingFrame> _answers = new();
    private readonly SubscriptionSet _subscriptions = new(terms.Link.InitialDemand);
    private bool _heartbeatWaits;
    private int _silentBeats;
    private int _stalledBeats;
    private ConfigSnapshot _snapshot = snapshot;

    public ConnectionState State { get; private set; } = ConnectionState.AwaitingHello;

    /// <summary>Why the connection ends; <c>null</c> while it does not.</summary>
    public CloseReason? Reason { get; private set; }

    /// <summary>What the application calls itself; empty before HELLO. Not an identity.</summary>
    public string App { get; private set; } = "";

    /// <summary>Whether the next message may be handled: while too many answers wait, the agent reads no further ([demand-1]).</summary>
    public bool WantsInput => State != ConnectionState.Closing && _answers.Count < terms.Link.MaxRequestsInFlight;

    /// <summary>Everything promised is out: close the socket.</summary>
    public bool IsFinished => State == ConnectionState.Closing && _answers.Count == 0;

    /// <summary>A message arrived. Call only while <see cref="WantsInput"/>.</summary>
    public void OnMessage(Message message, uint correlation)
    {
        _silentBeats = 0;
        switch (State)
        {
            case ConnectionState.AwaitingHello when message is Hello hello:
                Greet(hello, correlation);
                break;
            case ConnectionState.AwaitingHello:
                OnViolation(new Violation(Clauses.Hello1, $"the first frame is HELLO, not {message.Kind}"));
                break;
            case ConnectionState.Ready:
                Serve(message, correlation);
                break;
        }
    }

    /// <summary>The peer broke a clause: one ERROR that names it, then the end ([frame-5]).</summary>
    public void OnViolation(Violation violation)
    {
        End(CloseReason.Violation, Answers.Violated(violation), 0);
    }

    /// <summary>The first byte was a letter ([http-1]).</summary>
    public void OnHttp()
    {
        if (State != ConnectionState.Closing)
        {
            _answers.Enqueue(new OutgoingFrame(default, HttpRefusal.Response, 0));
            Close(CloseReason.Http);
        }
    }

    /// <summary>The peer sends nothing more. It may still read, so what was promised is sent.</summary>
    public void OnEnded()
    {
        if (State != ConnectionState.Closing)
        {
            Close(CloseReason.PeerLeft);
        }
    }

    /// <summary>The time to say HELLO is over.</summary>
    public void OnHelloDeadline()
    {
        if (State == ConnectionState.AwaitingHello)
        {
            OnViolation(new Violation(Clauses.Hello1, "no HELLO arrived in time"));
        }
    }

    /// <summary>The common heartbeat: the one clock of a connection that is neither young nor in the middle of a frame.</summary>
    /// <param name="isReading">Whether the agent has been reading: silence counts only then ([beat-1]).</param>
    /// <param name="isStuck">Whether bytes wait and none was accepted since the last beat ([stall-1]).</param>
    public void OnBeat(bool isReading, bool isStuck)
    {
        _stalledBeats = isStuck ? _stalledBeats + 1 : 0;
        if (_stalledBeats >= terms.StalledBeats)
        {
            _answers.Clear();
            Close(CloseReason.Stalled);
            return;
        }

        if (State != ConnectionState.Ready)
        {
            return;
        }

        _silentBeats = isReading ? _silentBeats + 1 : 0;
        if (_silentBeats > ProtocolLimits.SilentIntervals)
        {
            End(CloseReason.Silent, Answers.Silent, 0);
            return;
        }

        _heartbeatWaits = true;
    }

    /// <summary>The store moved on. A snapshot it already has changes nothing.</summary>
    public void OnSnapshot(ConfigSnapshot next)
    {
        if (next.Epoch != _snapshot.Epoch)
        {
            // Sequences of two epochs do not compare: the application comes back with its old cursor and gets everything.
            _snapshot = next;
            Leave(TimeSpan.Zero);
        }
        else if (next.Sequence > _snapshot.Sequence)
        {
            _snapshot = next;
            _subscriptions.Advance(next);
        }
    }

    /// <summary>The agent stops ([bye-1]).</summary>
    public void OnShutdown() => Leave(ConnectionTerms.ReconnectHint);

    /// <summary>Takes the next frame to send. Answers come first; pushes as far as demand goes.</summary>
    public bool TryTake(out OutgoingFrame frame)
    {
        if (_answers.TryDequeue(out frame))
        {
            return true;
        }

        if (State != ConnectionState.Ready)
        {
            return false;
        }

        if (_heartbeatWaits)
        {
            _heartbeatWaits = false;
            frame = OutgoingFrame.Of(new Heartbeat(Head));
            return true;
        }

        return _subscriptions.TryTake(frames, out frame);
    }

    private Cursor Head => new(_snapshot.Epoch, _snapshot.Sequence);

    private void Greet(Hello hello, uint correlation)
    {
        if (!hello.Protocol.Contains(ProtocolLimits.Version))
        {
            End(CloseReason.UnsupportedProtocol, Answers.Unsupported, correlation);
            return;
        }

        App = hello.App;
        State = ConnectionState.Ready;
        Answer(Answers.Welcome(terms, Head), correlation);
    }

    private void Serve(Message message, uint correlation)
    {
        switch (message)
        {
            case Get get when _snapshot.Configs.TryGetValue(get.Slug, out var version):
                _answers.Enqueue(frames.Of(version, correlation));
                break;
            case Get:
                Answer(Answers.NotFound, correlation);
                break;
            case List:
                Answer(Answers.Listed(Head, _snapshot), correlation);
                break;
            case Watch watch:
                Open(watch, correlation);
                break;
            case Unwatch unwatch:
                _subscriptions.Forget(unwatch.All ? null : unwatch.Slugs);
                Answer(new Done(), correlation);
                break;
            case Demand demand when !_subscriptions.TryGrant(demand.Count):
                OnViolation(new Violation(Clauses.Demand1, $"more than {ProtocolLimits.MaxDemand} pushed frames would be outstanding"));
                break;
            case Demand:
                break;
            case Ping:
                Answer(new Pong(), correlation);
                break;
            case Sync or GetStatus:
                OnViolation(new Violation(Clauses.Hello1, $"{message.Kind} belongs to a feature this agent did not announce"));
                break;
            default:
                OnViolation(new Violation(Clauses.Frame5, $"{message.Kind} is not for the agent, or not now"));
                break;
        }
    }

    private void Open(Watch watch, uint correlation)
    {
        if (_subscriptions.Uses(correlation))
        {
            OnViolation(new Violation(Clauses.Frame6, "the correlation belongs to an open watch"));
            return;
        }

        if (_subscriptions.Count >= ConnectionTerms.MaxWatches)
        {
            Answer(Answers.TooManyWatches, correlation);
            return;
        }

        var listed = _subscriptions.Open(watch, correlation, _snapshot);
        Answer(new Watching(Head, listed is not null, listed ?? []), correlation);
    }

    private void Leave(TimeSpan hint)
    {
        if (State == ConnectionState.Ready)
        {
            End(CloseReason.Goodbye, new Goodbye(hint), 0);
        }
        else
        {
            Close(CloseReason.Goodbye);
        }
    }

    private void End(CloseReason reason, Message last, uint correlation)
    {
        if (State != ConnectionState.Closing)
        {
            Answer(last, correlation);
            Close(reason);
        }
    }

    private void Close(CloseReason reason)
    {
        State = ConnectionState.Closing;
        Reason ??= reason;
    }

    private void Answer(Message message, uint correlation) => _answers.Enqueue(OutgoingFrame.Of(message, correlation));
}
