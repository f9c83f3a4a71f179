using Akka.Actor;
using Akka.Event;
using Miru.Agent.Cloud.Api;
using Miru.Agent.Cloud.Identity;
using Miru.Agent.Cloud.Scheduling;

namespace Miru.Agent.Cloud;

/// <summary>
/// Tells the cloud which version of the agent the device runs, when that is another than it heard last. Then it rests.
/// <para>Owns: the file with the version that was told.</para>
/// <para>Receives: tokens; the cloud's answer.</para>
/// <para>Tells: the token keeper, that a token was not accepted.</para>
/// <para>On failure: backs off with jitter; nothing depends on it.</para>
/// </summary>
internal sealed class VersionReporter : ReceiveActor, IWithTimers
{
    private readonly CloudSettings _settings;
    private readonly IActorRef _tokens;
    private readonly Random _random;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly CancellationTokenSource _stopped = new();
    private string _token = "";
    private int _failures;

    public VersionReporter(CloudSettings settings, CloudClient client, string deviceId, IActorRef tokens, int seed)
    {
        _settings = settings;
        _tokens = tokens;
        _random = new Random(seed);

        Receive<ReportDue>(_ =>
        {
            if (client.IsCircuitOpen)
            {
                Timers.StartSingleTimer(ReportDue.Instance, ReportDue.Instance, CircuitBreaker.CheckIn(_random.NextDouble()));
            }
            else
            {
                tokens.Tell(new GetToken());
            }
        });
        Receive<TokenDenied>(denied => BackOff(denied.Failure));
        Receive<TokenGranted>(granted =>
        {
            _token = granted.Token;
            client.UpdateDeviceAsync(_token, deviceId, _stopped.Token).PipeTo(Self);
        });
        Receive<CloudResult<Acknowledgement>>(Answered);
        Receive<Status.Failure>(broken => throw new InvalidOperationException("A version report broke down.", broken.Cause));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        if (ReportedVersion.TryRead(_settings.StateDirectory) != AgentHeaders.Version)
        {
            Self.Tell(ReportDue.Instance);
        }
    }

    protected override void PostStop()
    {
        _stopped.Cancel();
        _stopped.Dispose();
    }

    private void Answered(CloudResult<Acknowledgement> result)
    {
        if (result.Failure is { Kind: not FailureKind.Ignore } failure)
        {
            if (failure.Kind == FailureKind.RefreshToken)
            {
                _tokens.Tell(new RejectToken(_token));
            }

            BackOff(failure);
            return;
        }

        try
        {
            ReportedVersion.Write(_settings.StateDirectory, AgentHeaders.Version);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            _log.Debug("The next start tells the cloud its version again: {0}", unwritable.Message);
        }
    }

    private void BackOff(CloudFailure failure)
    {
        _failures++;
        Timers.StartSingleTimer(ReportDue.Instance, ReportDue.Instance, Backoff.After(failure, _failures, _settings, _random.NextDouble()));
    }

    private sealed record ReportDue
    {
        public static readonly ReportDue Instance = new();
    }
}
