using Miru.Agent.Configs;
using Miru.Agent.Connections.Access;
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
internal sealed class ConnectionProtocol(ConnectionTerms terms, ConfigFrames frames, AccessRights rights, ConfigSnapshot snapshot)
{
    private readonly RequestDesk _desk = new(terms, frames, rights, snapshot);
    private readonly Liveness _liveness = new(terms);
    private bool _heartbeatWaits;
    private bool _peerIsDone;

    public ConnectionState State { get; private set; } = ConnectionState.AwaitingHello;

    /// <summary>Why the connection ends; <c>null</c> while it does not.</summary>
    public CloseReason? Reason { get; private set; }

    /// <summary>What the application calls itself; empty before HELLO. Not an identity.</summary>
    public string App { get; private set; } = "";

    /// <summary>The application's library and its version; empty before HELLO.</summary>
    public string Sdk { get; private set; } = "";

    /// <summary>Whether the next message may be handled: while too many requests are under way, the agent reads no further ([demand-1]).</summary>
    public bool WantsInput => State != ConnectionState.Closing && !IsFull;

    /// <summary>As many requests are under way as may be.</summary>
    public bool IsFull => _desk.InFlight >= terms.Link.MaxRequestsInFlight;

    /// <summary>Everything promised is out: close the socket.</summary>
    public bool IsFinished => State == ConnectionState.Closing && _desk.Waiting == 0;

    /// <summary>Whether there is more to do than to read and to write: an errand to run, or an end to come to.</summary>
    public bool NeedsAttention => State == ConnectionState.Closing || _desk.HasErrands;

    /// <summary>A message arrived. Call only while <see cref="WantsInput"/>.</summary>
    public void OnMessage(Message message, uint correlation)
    {
        _liveness.Heard();
        switch (State)
        {
            case ConnectionState.AwaitingHello when message is Hello hello:
                Greet(hello, correlation);
                break;
            case ConnectionState.AwaitingHello:
                OnViolation(new Violation(Clauses.Hello1, $"the first frame is HELLO, not {message.Kind}"));
                break;
            case ConnectionState.Ready when _desk.Serve(message, correlation) is { } violation:
                OnViolation(violation);
                break;
        }
    }

    /// <summary>
    /// The answer to a request that was met before, where nothing has changed since and nothing waits: the short cut past
    /// <see cref="OnMessage"/> and <see cref="TryTake"/>. Call only while <see cref="WantsInput"/>.
    /// </summary>
    /// <param name="request">The very message of the last time, not an equal one.</param>
    /// <param name="answer">A whole frame that others may share; its correlation is for the caller to set.</param>
    public bool TryRepeat(Message request, out byte[] answer)
    {
        if (!_desk.TryRepeat(request, out answer) || State != ConnectionState.Ready)
        {
            return false;
        }

        _liveness.Heard();
        return true;
    }

    /// <summary>The peer broke a clause: one ERROR that names it, then the end ([frame-5]).</summary>
    public void OnViolation(Violation violation) => End(CloseReason.Violation, Answers.Violated(violation), 0);

    /// <summary>The first byte was a letter ([http-1]).</summary>
    public void OnHttp()
    {
        if (State != ConnectionState.Closing)
        {
            _desk.Answer(new OutgoingFrame([], HttpRefusal.Response, 0));
            Close(CloseReason.Http);
        }
    }

    /// <summary>
    /// The peer sends nothing more. It may still read, so what it asked is answered first ([bye-1]). If it has gone altogether, the next
    /// heartbeat finds that out.
    /// </summary>
    public void OnEnded()
    {
        _peerIsDone = true;
        CloseIfDone();
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
        if (_liveness.IsStalled(isStuck))
        {
            _desk.DropAnswers();
            Close(CloseReason.Stalled);
        }
        else if (State == ConnectionState.Ready && !_peerIsDone && _liveness.IsSilent(isReading))
        {
            End(CloseReason.Silent, Answers.Silent, 0);
        }
        else
        {
            _heartbeatWaits = State == ConnectionState.Ready;
        }
    }

    /// <summary>The store moved on. A snapshot it already has changes nothing.</summary>
    public void OnSnapshot(ConfigSnapshot next)
    {
        if (next.Epoch != _desk.Snapshot.Epoch)
        {
            // Sequences of two epochs do not compare: the application comes back with its old cursor and gets everything.
            _desk.Advance(next);
            Leave(TimeSpan.Zero);
        }
        else if (next.Sequence > _desk.Snapshot.Sequence)
        {
            _desk.Advance(next);
        }
    }

    /// <summary>An errand of <see cref="TryTakeErrand"/> is over.</summary>
    public void OnErrand(Errand errand, Message answer)
    {
        if (State == ConnectionState.Ready)
        {
            _desk.Finish(errand, answer);
            CloseIfDone();
        }
    }

    /// <summary>The agent stops ([bye-1]).</summary>
    public void OnShutdown() => Leave(ConnectionTerms.ReconnectHint);

    /// <summary>Takes the next errand to send; its outcome comes back by <see cref="OnErrand"/>.</summary>
    public bool TryTakeErrand(out Errand errand) => _desk.TryTakeErrand(out errand);

    /// <summary>Takes the next frame to send. Answers come first; pushes as far as demand goes.</summary>
    public bool TryTake(out OutgoingFrame frame)
    {
        if (_desk.TryTakeAnswer(out frame))
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
            frame = OutgoingFrame.Of(new Heartbeat(_desk.Head));
            return true;
        }

        return _desk.TryTakePush(out frame);
    }

    private void Greet(Hello hello, uint correlation)
    {
        if (!hello.Protocol.Contains(ProtocolLimits.Version))
        {
            End(CloseReason.UnsupportedProtocol, Answers.Unsupported, correlation);
            return;
        }

        (App, Sdk) = (hello.App, hello.Sdk);
        State = ConnectionState.Ready;
        _desk.Answer(Answers.Welcome(terms, _desk.Head), correlation);
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
            _desk.Answer(last, correlation);
            Close(reason);
        }
    }

    private void CloseIfDone()
    {
        if (_peerIsDone && State != ConnectionState.Closing && !_desk.OwesAnswers)
        {
            Close(CloseReason.PeerLeft);
        }
    }

    private void Close(CloseReason reason)
    {
        State = ConnectionState.Closing;
        Reason ??= reason;
    }
}
