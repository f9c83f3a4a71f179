using System.Collections.Immutable;
using Akka.Actor;

namespace Miru.Agent.Health;

/// <summary>
/// Knows how the agent is, so that whoever asks need not ask every hop.
/// <para>Owns: the newest facts of each hop, the list of connected applications.</para>
/// <para>Receives: <see cref="StoreReported"/>, <see cref="DriftReported"/>; <see cref="CloudReported"/>, <see cref="DeviceKnown"/>; <see cref="ApplicationGreeted"/> and the
/// end of its connection by death watch; <see cref="GatherStatus"/>.</para>
/// <para>Tells: who asked, <see cref="StatusGathered"/>.</para>
/// <para>On failure: restarts, and hands its successor the facts through its own mailbox.</para>
/// </summary>
internal sealed class StatusBoard : ReceiveActor
{
    private static readonly CloudReported Starting = new(CloudState.Starting, null, null);

    private readonly string _version;
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _startedAt;
    private readonly Dictionary<IActorRef, ConnectedApplication> _applications = [];
    private CloudReported? _cloud;
    private StoreReported? _store;
    private DriftReported? _drift;
    private DeviceKnown? _device;
    private DateTimeOffset? _lastSync;
    private (CloudProblem Problem, DateTimeOffset At)? _lastProblem;

    /// <param name="version">The agent's.</param>
    public StatusBoard(string version, TimeProvider time)
    {
        _version = version;
        _time = time;
        _startedAt = time.GetUtcNow();
        Receive<StoreReported>(reported => _store = reported);
        Receive<DriftReported>(reported => _drift = reported);
        Receive<DeviceKnown>(known => _device = known);
        Receive<CloudReported>(OnCloud);
        Receive<ApplicationGreeted>(OnGreeted);
        Receive<Terminated>(ended => { _applications.Remove(ended.ActorRef); });
        Receive<Legacy>(OnLegacy);
        Receive<GatherStatus>(asked => Sender.Tell(new StatusGathered(asked.Ticket, StatusDocument.Encode(Status(), asked.NamesApplications))));
    }

    protected override void PreRestart(Exception reason, object message)
    {
        Self.Tell(new Legacy(_store, _drift, _device, _cloud, _applications.ToImmutableDictionary()));
        base.PreRestart(reason, message);
    }

    private void OnCloud(CloudReported reported)
    {
        _cloud = reported;
        if (reported.State == CloudState.Reachable)
        {
            _lastSync = _time.GetUtcNow();
        }

        if (reported.Problem is { } problem)
        {
            _lastProblem = (problem, _time.GetUtcNow());
        }
    }

    /// <summary>What a predecessor knew. Newer facts may have overtaken it in the mailbox, and stay.</summary>
    private void OnLegacy(Legacy legacy)
    {
        _store ??= legacy.Store;
        _drift ??= legacy.Drift;
        _device ??= legacy.Device;
        _cloud ??= legacy.Cloud;
        foreach (var (connection, application) in legacy.Applications)
        {
            Context.Watch(connection);
            _applications.TryAdd(connection, application);
        }
    }

    private void OnGreeted(ApplicationGreeted greeting)
    {
        Context.Watch(Sender);
        _applications[Sender] = new ConnectedApplication(greeting, _time.GetUtcNow());
    }

    private AgentStatus Status() => new(
        _version,
        _startedAt,
        _device?.DeviceId,
        _store,
        _drift?.Files ?? [],
        _cloud ?? Starting,
        _lastSync,
        _lastProblem,
        [.. _applications.Values.OrderBy(application => application.Since)]);

    private sealed record Legacy(
        StoreReported? Store, DriftReported? Drift, DeviceKnown? Device, CloudReported? Cloud, ImmutableDictionary<IActorRef, ConnectedApplication> Applications);
}
