using Akka.Actor;
using Akka.Event;
using Miru.Agent.Cloud.Api;
using Miru.Agent.Cloud.Identity;
using Miru.Agent.Cloud.Push;
using Miru.Agent.Cloud.Scheduling;
using Miru.Agent.Health;

namespace Miru.Agent.Cloud;

/// <summary>
/// Everything that talks to the cloud, as one unit that may fail without anybody else noticing.
/// <para>Owns: the HTTP client; the children <c>tokens</c>, <c>reporter</c>, <c>version</c> and <c>poller</c>.</para>
/// <para>Receives: <see cref="SyncNow"/>; <see cref="ReviewIdentity"/> when an operator signals.</para>
/// <para>Tells: the poller what it receives; an application that asks for a sync before the device is provisioned, that it is not; the status <see cref="DeviceKnown"/>,
/// and <see cref="CloudReported"/> where the device has no identity.</para>
/// <para>On failure: one child's failure stops all; after a backoff they start anew, and at once after a reprovisioning. Without an identity it waits for
/// one.</para>
/// </summary>
internal sealed class CloudSupervisor : ReceiveActor, IWithTimers
{
    /// <summary>A device that is being provisioned while the agent runs starts to poll this soon.</summary>
    private static readonly TimeSpan IdentityCheck = TimeSpan.FromSeconds(2);

    private readonly CloudSettings _settings;
    private readonly IActorRef _store;
    private readonly IActorRef _status;
    private readonly Func<CloudClient> _connect;
    private readonly Func<DateTimeOffset, string> _sign;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly HashSet<IActorRef> _running = [];
    private CloudClient? _client;
    private DeviceIdentity? _device;
    private string? _publicKey;
    private IActorRef? _poller;
    private string? _idleBecause;
    private bool _isAnotherDevice;
    private int _failures;
    private long _startedAt;

    /// <param name="connect">Makes what speaks to the cloud; throws <see cref="IOException"/> where the settings do not allow that.</param>
    /// <param name="sign">Makes the JWT of a moment (<see cref="DeviceKey.SignJwt(string, DateTimeOffset)"/>).</param>
    /// <param name="seed">Seeds every jitter of this device; different devices need different ones.</param>
    public CloudSupervisor(
        CloudSettings settings, IActorRef store, IActorRef status, Func<CloudClient> connect, Func<DateTimeOffset, string> sign, TimeProvider time, int seed)
    {
        _settings = settings;
        _store = store;
        _status = status;
        _connect = connect;
        _sign = sign;
        _time = time;
        _random = new Random(seed);

        Receive<StartDue>(_ => StartChildren());
        Receive<SyncNow>(sync =>
        {
            if (_poller is { } poller)
            {
                poller.Forward(sync);
            }
            else
            {
                Sender.Tell(new SyncFinished(sync.Ticket, SyncOutcome.NotReady, _idleBecause ?? "the connection to the cloud is being restarted"));
            }
        });
        Receive<ReviewIdentity>(_ => Review(), _ => _poller is not null);
        Receive<Terminated>(ended => Ended(ended.ActorRef));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>All stop together: they hold references to each other, and half a unit is harder to reason about than none.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => new AllForOneStrategy(_ => Directive.Stop);

    protected override void PreStart() => Self.Tell(StartDue.Instance);

    protected override void PostStop() => _client?.Dispose();

    private void StartChildren()
    {
        if (!TryPrepare(out var problem))
        {
            if (problem != _idleBecause)
            {
                _status.Tell(new CloudReported(CloudState.NotProvisioned, new CloudProblem(CloudProblemCodes.NotProvisioned, problem), null));
                _log.Warning("The agent does not talk to the cloud: {0} It serves the configs it has.", problem);
            }

            _idleBecause = problem;
            Timers.StartSingleTimer(StartDue.Instance, StartDue.Instance, IdentityCheck);
            return;
        }

        _idleBecause = null;
        _startedAt = _time.GetTimestamp();
        var (settings, client, sign, store, status, time) = (_settings, _client!, _sign, _store, _status, _time);
        var (tokenSeed, reporterSeed, versionSeed, pollerSeed) = (_random.Next(), _random.Next(), _random.Next(), _random.Next());
        var deviceId = _device!.DeviceId;
        var tokens = Start(Props.Create(() => new TokenKeeper(settings, client, sign, time, tokenSeed)), "tokens");
        Start(Props.Create(() => new StatusReporter(settings, client, store, tokens, reporterSeed)), "reporter");
        Start(Props.Create(() => new VersionReporter(settings, client, deviceId, tokens, versionSeed)), "version");
        IPushChannel push = new LongPollChannel(settings.PushWait);
        var phase = PollSchedule.Phase(deviceId);
        _poller = Start(Props.Create(() => new CloudPoller(settings, client, push, store, tokens, status, time, phase, pollerSeed)), "poller");
    }

    private bool TryPrepare(out string problem)
    {
        problem = "";
        try
        {
            if (DeviceIdentity.TryLoad(_settings.StateDirectory) is not { } device)
            {
                problem = "this device is not provisioned. Run 'miru-agent provision' with a token in MIRU_PROVISIONING_TOKEN.";
                return false;
            }

            _device = device;
            _publicKey = DeviceKey.TryReadPublic(_settings.StateDirectory);
            _client ??= _connect();
            _status.Tell(new DeviceKnown(device.DeviceId));
            _log.Info("Device {0} talks to {1}.", device.DeviceId, _settings.Url);
            return true;
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException)
        {
            problem = unusable.Message;
            return false;
        }
    }

    /// <summary>Without this, an agent that was revoked and reprovisioned would find out at its next attempt, ten minutes later.</summary>
    private void Review()
    {
        try
        {
            _isAnotherDevice = DeviceIdentity.TryLoad(_settings.StateDirectory) is { } device
                && (device != _device || DeviceKey.TryReadPublic(_settings.StateDirectory) != _publicKey);
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException)
        {
            _log.Warning("Who this device is cannot be read: {0} The agent goes on as the one it was.", unusable.Message);
        }

        if (_isAnotherDevice)
        {
            _poller = null;
            foreach (var child in _running)
            {
                Context.Stop(child);
            }
        }
    }

    private IActorRef Start(Props props, string name)
    {
        // All on the supervisor's threads, whichever those are.
        var child = Context.Watch(Context.ActorOf(props.WithDispatcher(Context.Props.Dispatcher), name));
        _running.Add(child);
        return child;
    }

    private void Ended(IActorRef child)
    {
        _poller = null;
        if (!_running.Remove(child) || _running.Count > 0)
        {
            return;
        }

        if (_isAnotherDevice)
        {
            _isAnotherDevice = false;
            _log.Info("This computer was provisioned anew.");
            Self.Tell(StartDue.Instance);
        }
        else
        {
            // Who ran this long was well: what happens now is not a continuation of what happened then.
            _failures = _time.GetElapsedTime(_startedAt) > _settings.BackoffMax ? 1 : _failures + 1;
            var wait = Backoff.After(_failures, _settings.BackoffMin, _settings.BackoffMax, null, _random.NextDouble());
            _log.Error("The connection to the cloud broke down inside the agent; it starts anew in {0}.", Pause.Words(wait));
            Timers.StartSingleTimer(StartDue.Instance, StartDue.Instance, wait);
        }
    }

    private sealed record StartDue
    {
        public static readonly StartDue Instance = new();
    }
}
