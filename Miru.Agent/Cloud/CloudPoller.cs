using Akka.Actor;
using Akka.Event;
using Miru.Agent.Cloud.Api;
using Miru.Agent.Cloud.Scheduling;
using Miru.Agent.Configs;
using Miru.Agent.Deployments;
using Miru.Agent.Health;

namespace Miru.Agent.Cloud;

/// <summary>
/// Learns what the cloud wants. One cycle at a time: token, list (held by the server until it changes, where it can), missing contents,
/// store.
/// <para>Owns: the cycle under way, the tag of the last list that is wholly in the store, who waits for a sync.</para>
/// <para>Receives: <see cref="SyncNow"/>; tokens; answers of the cloud and of the store.</para>
/// <para>Tells: the store contents, then deployments; who asked for a sync, how it ended; the status <see cref="CloudReported"/>.</para>
/// <para>On failure: backs off with full jitter and keeps what the store has; a cycle that gets no answer is given up. The tag moves only
/// after a whole cycle, so nothing is skipped.</para>
/// </summary>
internal sealed class CloudPoller : ReceiveActor, IWithTimers
{
    private const int MaxPages = 20;
    private const int MaxWaiters = 1024;

    /// <summary>What a cycle may take beyond the deadlines of its requests before it counts as stuck.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CloudSettings _settings;
    private readonly CloudClient _client;
    private readonly IActorRef _store;
    private readonly IActorRef _tokens;
    private readonly IActorRef _status;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly List<(IActorRef Asker, int Ticket)> _waiters = [];
    private PollCycle? _cycle;
    private RenewalBudget _renewals;
    private string? _tag;
    private bool _serverHolds;
    private int _failures;
    private long _failedAt;
    private TimeSpan _quiet;
    private int _cycles;

    public CloudPoller(CloudSettings settings, CloudClient client, IActorRef store, IActorRef tokens, IActorRef status, TimeProvider time, int seed)
    {
        _settings = settings;
        _client = client;
        _store = store;
        _tokens = tokens;
        _status = status;
        _time = time;
        _random = new Random(seed);
        _renewals = RenewalBudget.Full(time.GetUtcNow());

        Receive<PollDue>(_ => Begin());
        Receive<SyncNow>(Sync);
        Receive<TokenGranted>(granted => List(granted.Token), _ => At(PollStage.Token));
        Receive<TokenDenied>(denied => Fail(denied.Failure), _ => At(PollStage.Token));
        Receive<Listed>(listed => Take(listed.Result), listed => listed.Cycle == _cycle?.Number);
        Receive<MissingContents>(missing => DownloadAll(missing.InstanceIds), _ => At(PollStage.Missing));
        Receive<Downloaded>(Take, downloaded => downloaded.Cycle == _cycle?.Number);
        Receive<ContentKept>(kept => Kept(kept.InstanceId), _ => At(PollStage.Contents));
        Receive<DeploymentsKept>(_ => Succeed(), _ => At(PollStage.Store));
        Receive<StoreFailed>(
            failed => Fail(new CloudFailure(FailureKind.RetryLater, $"the store cannot keep it: {failed.Reason}"), SyncOutcome.NotStored), _ => _cycle is not null);
        Receive<Status.Failure>(broken => throw new InvalidOperationException("A poll broke down.", broken.Cause));
        Receive<CycleStuck>(_ => Fail(new CloudFailure(FailureKind.RetryLater, "a part of the agent gave no answer")), _ => _cycle is not null);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Self.Tell(PollDue.Instance);

    protected override void PostStop()
    {
        Answer(_waiters.Count, SyncOutcome.NotReady, "the connection to the cloud is being restarted");
        _cycle?.Dispose();
    }

    private bool At(PollStage stage) => _cycle?.Stage == stage;

    private void Begin()
    {
        Timers.Cancel(PollDue.Instance);
        _cycle = new PollCycle(++_cycles, _waiters.Count == 0 ? _settings.PushWait : TimeSpan.Zero);
        Expect(_settings.RequestTimeout);
        _tokens.Tell(new GetToken());
    }

    /// <summary>An answer must describe the cloud after the question: a cycle that has listed already is followed by another.</summary>
    private void Sync(SyncNow sync)
    {
        if (_time.GetElapsedTime(_failedAt) < _quiet)
        {
            Sender.Tell(new SyncFinished(sync.Ticket, SyncOutcome.TooMany, "the cloud asked for patience; the agent asks again when that time is over"));
            return;
        }

        if (_waiters.Count >= MaxWaiters)
        {
            Sender.Tell(new SyncFinished(sync.Ticket, SyncOutcome.TooMany, "too many syncs wait already"));
            return;
        }

        _waiters.Add((Sender, sync.Ticket));
        if (_cycle is { IsHeld: true } held)
        {
            held.Dispose();
            _cycle = null;
        }

        if (_cycle is null)
        {
            BeginAsSoonAsAllowed();
        }
        else if (_cycle.Stage == PollStage.Token)
        {
            _cycle.Wait = TimeSpan.Zero;
        }
    }

    private void BeginAsSoonAsAllowed()
    {
        (_renewals, var wait) = _renewals.Renew(_time.GetUtcNow());
        PollAgainIn(wait);
    }

    private void List(string token)
    {
        var cycle = _cycle!;
        cycle.Token = token;
        cycle.Stage = PollStage.List;
        cycle.Serves = cycle.Pages == 0 ? _waiters.Count : cycle.Serves;
        var (wait, tag) = cycle.Pages == 0 ? (cycle.Wait, _tag) : (TimeSpan.Zero, null);
        var number = cycle.Number;
        Expect(_settings.RequestTimeout + wait);
        _client.ListDeploymentsAsync(token, cycle.Deployments.Count, tag, wait, cycle.Stopped)
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

        if (cycle.IsHeld)
        {
            _serverHolds = page.WaitApplied;
        }

        if (page.NotModified)
        {
            Succeed();
            return;
        }

        cycle.Tag = cycle.Pages++ == 0 ? page.Tag : cycle.Tag;
        cycle.Deployments.AddRange(page.Deployments);
        if (!page.HasMore || page.Deployments.Count == 0)
        {
            cycle.Stage = PollStage.Missing;
            Expect(TimeSpan.Zero);
            _store.Tell(new FindMissingContents(cycle.Deployments));
        }
        else if (cycle.Pages < MaxPages)
        {
            List(cycle.Token);
        }
        else
        {
            Fail(new CloudFailure(FailureKind.Stop, $"the cloud lists more than {cycle.Deployments.Count} active deployments; archive those that are over"));
        }
    }

    private void DownloadAll(IReadOnlyList<string> instanceIds)
    {
        _cycle!.Stage = PollStage.Contents;
        _cycle.Queued = new Queue<string>(instanceIds);
        Continue();
    }

    /// <summary>Starts as many downloads as may run, or goes on when none is left.</summary>
    private void Continue()
    {
        var cycle = _cycle!;
        while (cycle.Failure is null && cycle.UnderWay.Count < _settings.ParallelDownloads && cycle.Queued.TryDequeue(out var instanceId))
        {
            cycle.UnderWay.Add(instanceId);
            Expect(_settings.RequestTimeout);
            var (number, id) = (cycle.Number, instanceId);
            _client.DownloadAsync(cycle.Token, id, cycle.Stopped).PipeTo(Self, success: result => new Downloaded(number, id, result));
        }

        if (cycle.UnderWay.Count > 0)
        {
            return;
        }

        if (cycle.Failure is { } failure)
        {
            Fail(failure);
            return;
        }

        cycle.Stage = PollStage.Store;
        Expect(TimeSpan.Zero);
        _store.Tell(new KeepDeployments(cycle.Deployments));
    }

    private void Take(Downloaded downloaded)
    {
        switch (downloaded.Result)
        {
            case { Value: { } download }:
                _store.Tell(new KeepContent(downloaded.InstanceId, download.ContentType, download.Content));
                break;
            case { Failure.IsTooLarge: true }:
                _store.Tell(new RefuseContent(downloaded.InstanceId, RefusalCodes.TooLarge, $"has more than the {_settings.MaxConfigSize} bytes of configs.max-config-size"));
                break;
            default:
                _cycle!.Failure ??= downloaded.Result.Failure;
                Kept(downloaded.InstanceId);
                break;
        }
    }

    private void Kept(string instanceId)
    {
        if (_cycle!.UnderWay.Remove(instanceId))
        {
            Continue();
        }
    }

    private void Succeed()
    {
        if (_failures > 0)
        {
            _log.Info("The cloud is reachable again.");
        }

        _failures = 0;
        _tag = _cycle!.Tag ?? _tag;
        Answer(_cycle.Serves, SyncOutcome.Done, null);
        EndCycle();
        var interval = PollSchedule.Interval(_settings.PollInterval, _settings.PollJitter, _random.NextDouble());
        _status.Tell(new CloudReported(CloudState.Reachable, null, _serverHolds ? null : _time.GetUtcNow() + interval));
        if (_waiters.Count > 0 || _serverHolds)
        {
            BeginAsSoonAsAllowed();
        }
        else
        {
            PollAgainIn(interval);
        }
    }

    private void Fail(CloudFailure failure, SyncOutcome outcome = SyncOutcome.NotReady)
    {
        if (failure.Kind == FailureKind.RefreshToken)
        {
            _tokens.Tell(new RejectToken(_cycle!.Token));
        }

        _failures++;
        _failedAt = _time.GetTimestamp();
        var wait = failure.Kind == FailureKind.Stop
            ? PollSchedule.Interval(_settings.BackoffMax, _settings.PollJitter, _random.NextDouble())
            : Backoff.After(_failures, _settings.BackoffMin, _settings.BackoffMax, failure.RetryAfter, _random.NextDouble());
        if (_failures == 1 || failure.Kind == FailureKind.Stop)
        {
            _log.Warning("No news from the cloud: {0}. The configs in place stay; next attempt in {1}.", failure.Reason, wait);
        }
        else
        {
            _log.Debug("Still no news from the cloud: {0}. Next attempt in {1}.", failure.Reason, wait);
        }

        // What the server asked for binds the applications' syncs too.
        _quiet = failure.RetryAfter is null ? TimeSpan.Zero : wait;
        Answer(_waiters.Count, outcome, failure.Reason);
        _status.Tell(new CloudReported(CloudState.Unreachable, new CloudProblem(CodeOf(failure, outcome), failure.Reason), _time.GetUtcNow() + wait));
        EndCycle();
        PollAgainIn(wait);
    }

    private static string CodeOf(CloudFailure failure, SyncOutcome outcome) => failure.Kind switch
    {
        _ when outcome == SyncOutcome.NotStored => CloudProblemCodes.NotStored,
        FailureKind.RefreshToken => CloudProblemCodes.TokenRejected,
        FailureKind.Stop => CloudProblemCodes.Refused,
        _ => CloudProblemCodes.Unavailable,
    };

    private void Answer(int count, SyncOutcome outcome, string? problem)
    {
        foreach (var (asker, ticket) in _waiters.Take(count))
        {
            asker.Tell(new SyncFinished(ticket, outcome, problem));
        }

        _waiters.RemoveRange(0, count);
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

    private sealed record Downloaded(int Cycle, string InstanceId, CloudResult<Download> Result);
}
