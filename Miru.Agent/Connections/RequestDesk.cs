using Miru.Agent.Configs;
using Miru.Agent.Connections.Access;
using Miru.Protocol;

namespace Miru.Agent.Connections;

/// <summary>
/// What a greeted peer asks and what it is told, within its rights: answers in the order they are known, watches, and the errands of
/// what the connection cannot know itself. Pure, like the <see cref="ConnectionProtocol"/> it belongs to.
/// </summary>
internal sealed class RequestDesk(ConnectionTerms terms, ConfigFrames frames, AccessRights rights, ConfigSnapshot snapshot)
{
    private readonly Queue<OutgoingFrame> _answers = new();
    private readonly SubscriptionSet _subscriptions = new(terms.Link.InitialDemand);
    private readonly JoinedRequests _syncs = new();
    private readonly JoinedRequests _statuses = new();
    private readonly bool _mayRead = rights.Allow(Operations.Read);
    private ConfigSnapshot _snapshot = rights.Visible(snapshot);
    private Queue<Errand>? _errands;
    private Get? _asked;
    private byte[] _told = [];

    /// <summary>The newest state, of which the peer may see a part.</summary>
    public Cursor Head => new(_snapshot.Epoch, _snapshot.Sequence);

    /// <summary>What connections are told of.</summary>
    public ConfigSnapshot Snapshot => _snapshot;

    /// <summary>Answers that wait to be sent.</summary>
    public int Waiting => _answers.Count;

    /// <summary>Requests that have no answer yet, or one that waits to be sent ([demand-1]).</summary>
    public int InFlight => _answers.Count + _syncs.Count + _statuses.Count;

    /// <summary>Whether requests wait for what the connection does not know yet.</summary>
    public bool OwesAnswers => _syncs.Count + _statuses.Count > 0;

    /// <summary>Whether an errand waits to be run.</summary>
    public bool HasErrands => _errands is { Count: > 0 };

    /// <summary>Answers a request.</summary>
    /// <returns>What the peer broke with it, if anything.</returns>
    public Violation? Serve(Message message, uint correlation)
    {
        switch (message)
        {
            case Get or List or Watch when !_mayRead:
            case Sync when !rights.Allow(Operations.Sync):
            case GetStatus when !rights.Allow(Operations.Status):
                Answer(Answers.Denied(message), correlation);
                return null;
            case Get get when _snapshot.Configs.TryGetValue(get.Slug, out var version):
                Tell(get, frames.Of(version, correlation));
                return null;
            case Get:
                Answer(Answers.NotFound, correlation);
                return null;
            case List:
                Answer(Answers.Listed(Head, _snapshot), correlation);
                return null;
            case Watch watch:
                return Open(watch, correlation);
            case Unwatch unwatch:
                _subscriptions.Forget(unwatch.All ? null : unwatch.Slugs);
                Answer(new Done(), correlation);
                return null;
            case Demand demand:
                return _subscriptions.TryGrant(demand.Count)
                    ? null
                    : new Violation(Clauses.Demand1, $"more than {ProtocolLimits.MaxDemand} pushed frames would be outstanding");
            case Ping when correlation == 0:
                return null;
            case Ping:
                Answer(new Pong(), correlation);
                return null;
            case Sync:
                Join(ErrandKind.Sync, correlation);
                return null;
            case GetStatus:
                Join(ErrandKind.Status, correlation);
                return null;
            default:
                return new Violation(Clauses.Frame5, $"{message.Kind} is not for the agent, or not now");
        }
    }

    /// <summary>
    /// The short frame that a GET was answered with last time, if it is the same request and would be answered the same: an application
    /// asks again and again, and the store rarely moves. It is the answer only while none waits; its correlation is for the caller to set.
    /// </summary>
    public bool TryRepeat(Message request, out byte[] answer)
    {
        answer = _told;
        return ReferenceEquals(request, _asked) && _answers.Count == 0;
    }

    /// <summary>Puts an answer behind those that wait.</summary>
    public void Answer(Message message, uint correlation) => Answer(OutgoingFrame.Of(message, correlation));

    public void Answer(OutgoingFrame frame) => _answers.Enqueue(frame);

    /// <summary>Drops what waits: nobody will take it.</summary>
    public void DropAnswers() => _answers.Clear();

    /// <summary>The store moved on, within the same epoch.</summary>
    public void Advance(ConfigSnapshot next)
    {
        _snapshot = rights.Visible(next);
        if (_asked is not null)
        {
            (_asked, _told) = (null, []);
        }

        _subscriptions.Advance(_snapshot);
    }

    /// <summary>An errand is over. Its answer goes to every request it was for; one that comes too late to none.</summary>
    public void Finish(Errand errand, Message answer)
    {
        var requests = Of(errand.Kind);
        var answered = requests.End(errand.Ticket, out var again);
        foreach (var correlation in answered)
        {
            Answer(answer, correlation);
        }

        if (again)
        {
            Send(new Errand(errand.Kind, requests.Ticket));
        }
    }

    public bool TryTakeErrand(out Errand errand)
    {
        errand = default!;
        return _errands is not null && _errands.TryDequeue(out errand!);
    }

    public bool TryTakeAnswer(out OutgoingFrame frame) => _answers.TryDequeue(out frame);

    public bool TryTakePush(out OutgoingFrame frame) => _subscriptions.TryTake(frames, out frame);

    private void Tell(Get request, OutgoingFrame answer)
    {
        (_asked, _told) = answer.Body.IsEmpty ? (request, answer.Prefix) : (null, []);
        _answers.Enqueue(answer);
    }

    private Violation? Open(Watch watch, uint correlation)
    {
        if (_subscriptions.Uses(correlation))
        {
            return new Violation(Clauses.Frame6, "the correlation belongs to an open watch");
        }

        if (_subscriptions.Count >= ConnectionTerms.MaxWatches)
        {
            Answer(Answers.TooManyWatches, correlation);
            return null;
        }

        var listed = _subscriptions.Open(watch, correlation, _snapshot);
        Answer(new Watching(Head, listed is not null, listed ?? []), correlation);
        return null;
    }

    private void Join(ErrandKind kind, uint correlation)
    {
        var requests = Of(kind);
        if (requests.Add(correlation))
        {
            Send(new Errand(kind, requests.Ticket));
        }
    }

    // Few applications send any, and a thousand watchers are told of a push in one go: each object less that it takes counts.
    private void Send(Errand errand) => (_errands ??= new Queue<Errand>()).Enqueue(errand);

    private JoinedRequests Of(ErrandKind kind) => kind == ErrandKind.Sync ? _syncs : _statuses;
}
