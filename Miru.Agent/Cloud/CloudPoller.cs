using Akka.Actor;
using Akka.Event;
using Miru.Agent.Cloud.Api;
using Miru.Agent.Cloud.Contents;
using Miru.Agent.Cloud.Push;
using Miru.Agent.Configs;

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
    private readonly PollPace _pace;
    private readonly PollNews _news;
    private readonly SyncWaiters _waiters = new();
    private PollCycle? _cycle;
    private string? _tag;
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
        _pace = new PollPace(settings, time, phase, seed);
        _news = new PollNews(Context.GetLogger(), status, time);
        _contents = Context.ActorOf(Props.Create(() => new ContentFetcher(settings, client, store)).WithDispatcher(Context.Props.Dispatcher), "contents");

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
        var refusal = _pace.IsQuiet ? "the cloud asked for patience; the agent asks again when that time is over"
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
            PollAgainIn(_pace.Asked());
        }
        else if (_cycle.Stage == PollStage.Token)
        {
            _cycle.Hurry();
        }
    }

    private void List(string token)
    {
        var cycle = _cycle!;
        cycle.Token = token;
        cycle.Stage = PollStage.List;
        cycle.ListedAt = _pace.Now;
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

        _pace.Hinted(page.PollInterval);
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
        var cycle = _cycle!;
        var hadFailed = _pace.Failures > 0;
        _tag = cycle.Tag ?? _tag;
        EndCycle();
        _waiters.Answer(cycle.Serves, SyncOutcome.Done, null);
        var wait = _pace.Succeeded(_waiters.Count > 0 || _push.IsLive);
        PollAgainIn(wait);
        _news.Reachable(hadFailed, _push.IsLive ? null : wait);
    }

    private void Fail(CloudFailure failure, SyncOutcome outcome = SyncOutcome.NotReady)
    {
        var cycle = _cycle!;
        EndCycle();
        if (failure.Kind == FailureKind.RefreshToken)
        {
            _tokens.Tell(new RejectToken(cycle.Token));
        }

        if (cycle.IsHeld && _push.Failed(_pace.Now - cycle.ListedAt, failure))
        {
            var pause = _pace.Cut(failure);
            PollAgainIn(pause);
            _news.Cut(failure, _push.Hold, pause);
            return;
        }

        var wait = _pace.Failed(failure);
        _waiters.Answer(_waiters.Count, outcome, failure.Reason);
        PollAgainIn(wait);
        _news.Unreachable(failure, outcome, _pace.Failures == 1, wait);
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
