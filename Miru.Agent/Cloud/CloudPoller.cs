using Akka.Actor;
using Akka.Event;
using Miru.Agent.Cloud.Api;
using Miru.Agent.Cloud.Contents;
using Miru.Agent.Cloud.Push;
using Miru.Agent.Cloud.Scheduling;
using Miru.Agent.Configs;
using Miru.Agent.Health;

namespace Miru.Agent.Cloud;

/// <summary>
/// Learns what the cloud wants. One cycle at a time: token, list (held by the server until it changes, where it can), missing contents,
/// store.
/// <para>Owns: the cycle under way, its rhythm, the push channel, the child <c>contents</c>, the tag of the last list that is wholly in the store, who waits
/// for a sync.</para>
/// <para>Receives: <see cref="SyncNow"/>; tokens; answers of the cloud, of the child and of the store.</para>
/// <para>Tells: the child which contents to fetch, then the store the deployments; who asked for a sync, how it ended; the status <see cref="CloudReported"/>.</para>
/// <para>On failure: backs off with full jitter and keeps what the store has; a cycle that gets no answer is given up. The tag moves only
/// after a whole cycle, so nothing is skipped. A sync that is wanted meanwhile is remembered as the poll that is due anyway.</para>
/// </summary>
internal sealed class CloudPoller : ReceiveActor, IWithTimers
{
    /// <summary>What a cycle may take beyond the deadlines of its requests before it counts as stuck.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CloudSettings _settings;
    private readonly CloudClient _client;
    private readonly IPushChannel _push;
    private readonly IActorRef _store;
    private readonly IActorRef _contents;
    private readonly IActorRef _tokens;
    private readonly IActorRef _status;
    private readonly TimeProvider _time;
    private readonly long _startedAt;
    private readonly Random _random;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly SyncWaiters _waiters = new();
    private PollRhythm _rhythm;
    private PollCycle? _cycle;
    private string? _tag;
    private TimeSpan _quietUntil;
    private int _cycles;

    /// <param name="phase">Where in the interval this device asks, in [0, 1).</param>
    public CloudPoller(
        CloudSettings settings, CloudClient client, IPushChannel push, IActorRef store, IActorRef tokens, IActorRef status, TimeProvider time, double phase, int seed)
    {
        _settings = settings;
        _client = client;
        _push = push;
        _store = store;
        _tokens = tokens;
        _status = status;
        _time = time;
        _startedAt = time.GetTimestamp();
        _random = new Random(seed);
        _contents = Context.ActorOf(Props.Create(() => new ContentFetcher(settings, client, store)), "contents");
        _rhythm = new PollRhythm(settings, phase, RenewalBudget.Full(TimeSpan.Zero));

        Receive<PollDue>(_ => Begin());
        Receive<SyncNow>(Sync);
        Receive<TokenGranted>(granted => List(granted.Token), _ => At(PollStage.Token));
        Receive<TokenDenied>(denied => Fail(denied.Failure), _ => At(PollStage.Token));
        Receive<Listed>(listed => Take(listed.Result), listed => listed.Cycle == _cycle?.Number);
        Receive<MissingContents>(missing => Fetch(missing.InstanceIds), _ => At(PollStage.Missing));
        Receive<ContentsFetched>(Fetched, _ => At(PollStage.Contents));
        Receive<DeploymentsKept>(_ => Succeed(), _ => At(PollStage.Store));
        Receive<StoreFailed>(
            failed => Fail(new CloudFailure(FailureKind.RetryLater, $"the store cannot keep it: {failed.Reason}"), SyncOutcome.NotStored),
            _ => At(PollStage.Missing) || At(PollStage.Store));
        Receive<Status.Failure>(broken => throw new InvalidOperationException("A poll broke down.", broken.Cause));
        Receive<CycleStuck>(_ => Fail(new CloudFailure(FailureKind.RetryLater, "a part of the agent gave no answer")), _ => _cycle is not null);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>Since the start, by the clock that only goes forward.</summary>
    private TimeSpan Now => _time.GetElapsedTime(_startedAt);

    /// <summary>A cycle without its downloads would wait for ever.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Escalate);

    protected override void PreStart()
    {
        _push.Open(Self);
        Self.Tell(PollDue.Instance);
    }

    protected override void PostStop()
    {
        _push.Close();
        _waiters.Answer(_waiters.Count, SyncOutcome.NotReady, "the connection to the cloud is being restarted");
        _cycle?.Dispose();
    }

    private bool At(PollStage stage) => _cycle?.Stage == stage;

    private void Begin()
    {
        Timers.Cancel(PollDue.Instance);
        _cycle = new PollCycle(++_cycles, _waiters.Count == 0 ? _push.Hold : TimeSpan.Zero);
        Expect(_settings.RequestTimeout);
        _tokens.Tell(new GetToken());
    }

    /// <summary>An answer must describe the cloud after the question: a cycle that has listed already is followed by another.</summary>
    private void Sync(SyncNow sync)
    {
        var refusal = Now < _quietUntil ? "the cloud asked for patience; the agent asks again when that time is over"
            : _waiters.TryAdd(Sender, sync.Ticket) ? null
            : "too many syncs wait already";
        if (refusal is not null)
        {
            Sender.Tell(new SyncFinished(sync.Ticket, SyncOutcome.TooMany, refusal));
            return;
        }

        if (_cycle is { IsHeld: true })
        {
            EndCycle();
        }

        if (_cycle is null)
        {
            BeginAsSoonAsAllowed();
        }
        else if (_cycle.Stage == PollStage.Token)
        {
            _cycle.Hurry();
        }
    }

    private void BeginAsSoonAsAllowed()
    {
        (_rhythm, var wait) = _rhythm.Asked(Now);
        PollAgainIn(wait);
    }

    private void List(string token)
    {
        var cycle = _cycle!;
        cycle.Token = token;
        cycle.Stage = PollStage.List;
        cycle.ListedAt = Now;
        cycle.Serves = cycle.IsFirstPage ? _waiters.Count : cycle.Serves;
        var (hold, tag) = cycle.IsFirstPage ? (cycle.Hold, _tag) : (TimeSpan.Zero, null);
        var number = cycle.Number;
        Expect(_settings.RequestTimeout + hold);
        _client.ListDeploymentsAsync(token, cycle.Deployments.Count, tag, hold, cycle.Stopped)
            .PipeTo(Self, success: result => new Listed(number, result));
    }

    private void Take(CloudResult<DeploymentPage> result)
    {
        var cycle = _cycle!;
        if (result.Value is not { } page)
        {
            Fail(result.Failure!);
            return;
        }

        _rhythm = _rhythm with { Hint = page.PollInterval };
        if (cycle.IsFirstPage && (cycle.IsHeld || _push.Hold == TimeSpan.Zero))
        {
            _push.Answered(page.WaitApplied);
        }

        if (page.NotModified)
        {
            Succeed();
            return;
        }

        switch (cycle.Take(page))
        {
            case PageVerdict.Complete:
                cycle.Stage = PollStage.Missing;
                Expect(TimeSpan.Zero);
                _store.Tell(new FindMissingContents(cycle.Deployments));
                break;
            case PageVerdict.MoreFollow:
                List(cycle.Token);
                break;
            default:
                Fail(new CloudFailure(FailureKind.Stop, $"the cloud lists more than {cycle.Deployments.Count} active deployments; archive those that are over"));
                break;
        }
    }

    private void Fetch(IReadOnlyList<string> instanceIds)
    {
        // The fetcher ends by itself, however long it takes.
        Timers.Cancel(CycleStuck.Instance);
        _cycle!.Stage = PollStage.Contents;
        _contents.Tell(new FetchContents(_cycle.Token, instanceIds));
    }

    private void Fetched(ContentsFetched fetched)
    {
        if (fetched.Failure is { } failure)
        {
            Fail(failure, fetched.Outcome);
            return;
        }

        _cycle!.Stage = PollStage.Store;
        Expect(TimeSpan.Zero);
        _store.Tell(new KeepDeployments(_cycle.Deployments));
    }

    private void Succeed()
    {
        if (_rhythm.Failures > 0)
        {
            _log.Info("The cloud is reachable again.");
        }

        var cycle = _cycle!;
        _tag = cycle.Tag ?? _tag;
        EndCycle();
        _waiters.Answer(cycle.Serves, SyncOutcome.Done, null);
        (_rhythm, var wait) = _rhythm.Succeeded(_waiters.Count > 0 || _push.IsLive, Now, _random.NextDouble());
        PollAgainIn(wait);
        _status.Tell(new CloudReported(CloudState.Reachable, null, _push.IsLive ? null : _time.GetUtcNow() + wait));
    }

    private void Fail(CloudFailure failure, SyncOutcome outcome = SyncOutcome.NotReady)
    {
        var cycle = _cycle!;
        EndCycle();
        if (failure.Kind == FailureKind.RefreshToken)
        {
            _tokens.Tell(new RejectToken(cycle.Token));
        }

        if (cycle.IsHeld && _push.Failed(Now - cycle.ListedAt, failure))
        {
            _log.Debug("A held request was cut: {0}. The next one may be held for {1}.", failure.Reason, _push.Hold);
            PollAgainIn(_rhythm.Cut(_random.NextDouble()));
            return;
        }

        (_rhythm, var wait) = _rhythm.Failed(failure, _random.NextDouble());
        if (_rhythm.Failures == 1 || failure.Kind == FailureKind.Stop)
        {
            _log.Warning("No news from the cloud: {0}. The configs in place stay; next attempt in {1}.", failure.Reason, wait);
        }
        else
        {
            _log.Debug("Still no news from the cloud: {0}. Next attempt in {1}.", failure.Reason, wait);
        }

        // What the server asked for binds the applications' syncs too.
        _quietUntil = failure.RetryAfter is null ? TimeSpan.Zero : Now + wait;
        _waiters.Answer(_waiters.Count, outcome, failure.Reason);
        PollAgainIn(wait);
        _status.Tell(new CloudReported(CloudState.Unreachable, new CloudProblem(CloudProblemCodes.Of(failure, outcome), failure.Reason), _time.GetUtcNow() + wait));
    }

    private void EndCycle()
    {
        _cycle!.Dispose();
        _cycle = null;
        Timers.Cancel(CycleStuck.Instance);
    }

    private void PollAgainIn(TimeSpan wait) => Timers.StartSingleTimer(PollDue.Instance, PollDue.Instance, wait);

    private void Expect(TimeSpan within) => Timers.StartSingleTimer(CycleStuck.Instance, CycleStuck.Instance, within + Patience);

    private sealed record PollDue
    {
        public static readonly PollDue Instance = new();
    }

    private sealed record CycleStuck
    {
        public static readonly CycleStuck Instance = new();
    }

    private sealed record Listed(int Cycle, CloudResult<DeploymentPage> Result);
}
