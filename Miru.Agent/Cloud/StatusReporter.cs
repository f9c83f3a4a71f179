using Akka.Actor;
using Akka.Event;
using Miru.Agent.Cloud.Api;
using Miru.Agent.Cloud.Scheduling;
using Miru.Agent.Configs;

namespace Miru.Agent.Cloud;

/// <summary>
/// Tells the cloud what became of its deployments: every report of the store's outbox, in order, at least once.
/// <para>Owns: the one report that is under way.</para>
/// <para>Receives: <see cref="ReportsQueued"/>, <see cref="NextReport"/> from the store; tokens.</para>
/// <para>Tells: the store <see cref="ForgetReport"/> when the cloud has taken a report or never will.</para>
/// <para>On failure: backs off with jitter, and waits while the cloud answers nobody; the outbox is on disk, so nothing is lost meanwhile.</para>
/// </summary>
internal sealed class StatusReporter : ReceiveActor, IWithTimers
{
    /// <summary>A store that was restarted has forgotten who listens; this reminds it.</summary>
    private static readonly TimeSpan SubscriptionRenewal = TimeSpan.FromMinutes(1);

    /// <summary>What a step may take beyond the deadline of its request.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CloudSettings _settings;
    private readonly CloudClient _client;
    private readonly IActorRef _store;
    private readonly IActorRef _tokens;
    private readonly Random _random;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly CancellationTokenSource _stopped = new();
    private StatusReport? _report;
    private string _token = "";
    private bool _busy;
    private int _failures;

    public StatusReporter(CloudSettings settings, CloudClient client, IActorRef store, IActorRef tokens, int seed)
    {
        _settings = settings;
        _client = client;
        _store = store;
        _tokens = tokens;
        _random = new Random(seed);

        Receive<SubscriptionDue>(_ => _store.Tell(new SubscribeReports()));
        Receive<ReportsQueued>(_ => Fetch());
        Receive<RetryDue>(_ =>
        {
            _busy = false;
            _report = null;
            Fetch();
        });
        Receive<NextReport>(next => Take(next.Report), _ => _busy && _report is null);
        Receive<StoreFailed>(failed => BackOff(new CloudFailure(FailureKind.RetryLater, failed.Reason)));
        Receive<TokenDenied>(denied => BackOff(denied.Failure), _ => _report is not null);
        Receive<TokenGranted>(granted => Send(_report!, granted.Token), _ => _report is not null);
        Receive<Reported>(reported => Answered(reported.Result), reported => ReferenceEquals(reported.Report, _report));
        Receive<Status.Failure>(broken => throw new InvalidOperationException("A status report broke down.", broken.Cause));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() =>
        Timers.StartPeriodicTimer(SubscriptionDue.Instance, SubscriptionDue.Instance, TimeSpan.Zero, SubscriptionRenewal);

    protected override void PostStop()
    {
        _stopped.Cancel();
        _stopped.Dispose();
    }

    private void Fetch()
    {
        if (!_busy)
        {
            _busy = true;
            Next();
        }
    }

    private void Next()
    {
        _report = null;
        Expect();
        _store.Tell(new GetNextReport());
    }

    private void Take(StatusReport? report)
    {
        _report = report;
        if (report is null)
        {
            _busy = false;
            Timers.Cancel(RetryDue.Instance);
            return;
        }

        if (_client.IsCircuitOpen)
        {
            Timers.StartSingleTimer(RetryDue.Instance, RetryDue.Instance, CircuitBreaker.CheckIn(_random.NextDouble()));
            return;
        }

        Expect();
        _tokens.Tell(new GetToken());
    }

    private void Send(StatusReport report, string token)
    {
        _token = token;
        Expect();
        _client.ReportAsync(token, report, _stopped.Token).PipeTo(Self, success: result => new Reported(report, result));
    }

    /// <summary>Whoever does not answer, a store that was restarted say, is asked again; a report that is sent twice does no harm.</summary>
    private void Expect() => Timers.StartSingleTimer(RetryDue.Instance, RetryDue.Instance, _settings.RequestTimeout + Patience);

    private void Answered(CloudResult<Acknowledgement> result)
    {
        switch (result.Failure)
        {
            case null:
            case { Kind: FailureKind.Ignore }:
                if (result.Failure is { } ignored)
                {
                    _log.Warning("The cloud does not want the status of deployment {0}: {1}. It is dropped.", _report!.DeploymentId, ignored.Reason);
                }

                _failures = 0;
                _store.Tell(new ForgetReport(_report!.Id));
                Next();
                break;
            case { Kind: FailureKind.RefreshToken } failure:
                _tokens.Tell(new RejectToken(_token));
                BackOff(failure);
                break;
            default:
                BackOff(result.Failure);
                break;
        }
    }

    private void BackOff(CloudFailure failure)
    {
        _failures++;
        var wait = Backoff.After(failure, _failures, _settings, _random.NextDouble());
        Timers.StartSingleTimer(RetryDue.Instance, RetryDue.Instance, wait);
        _log.Debug("A status report waits for {0}: {1}", Pause.Words(wait), failure.Reason);
    }

    private sealed record Reported(StatusReport Report, CloudResult<Acknowledgement> Result);

    private sealed record RetryDue
    {
        public static readonly RetryDue Instance = new();
    }

    private sealed record SubscriptionDue
    {
        public static readonly SubscriptionDue Instance = new();
    }
}
