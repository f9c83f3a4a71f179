using System.Collections.Immutable;
using Akka.Actor;

namespace Miru.Agent.Notifications;

/// <summary>
/// Hop 4: from the store to every connection.
/// <para>Owns: the newest snapshot, the list of subscribers, the one heartbeat of all connections.</para>
/// <para>Receives: <see cref="SnapshotAdvanced"/> from the store; <see cref="Subscribe"/> from connections; their end by death watch.</para>
/// <para>Tells: each subscriber <see cref="SnapshotAdvanced"/>, first the newest and then every newer one that it is in time for, and
/// <see cref="Beat"/>. A subscriber on the same thread is called with snapshots: see <see cref="ISnapshotReceiver"/>.</para>
/// <para>On failure: restarts, and hands its successor the snapshot and the subscribers through its own mailbox.</para>
/// </summary>
internal sealed class ConfigNotifier : ReceiveActor, IWithTimers
{
    /// <summary>Subscribers told of a snapshot before it is somebody else's turn: some tens of microseconds.</summary>
    private const int SubscribersPerTurn = 16;

    private readonly TimeSpan _heartbeatInterval;
    private readonly SubscriberList _subscribers = new(Context.Dispatcher);
    private SnapshotAdvanced? _newest;
    private bool _goesOn;

    /// <param name="heartbeatInterval">Time between two beats.</param>
    public ConfigNotifier(TimeSpan heartbeatInterval)
    {
        _heartbeatInterval = heartbeatInterval;
        Receive<SnapshotAdvanced>(Advance);
        Receive<GoOn>(_ => OnGoOn());
        Receive<Subscribe>(command => Add(Sender, command));
        Receive<Terminated>(ended => Remove(ended.ActorRef));
        Receive<Beat>(OnBeat);
        Receive<Inheritance>(Inherit);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreRestart(Exception reason, object message)
    {
        Self.Tell(new Inheritance(_newest, [.. _subscribers.All]));
        base.PreRestart(reason, message);
    }

    private void Advance(SnapshotAdvanced advanced)
    {
        _newest = advanced;
        _subscribers.FallBehind();
        CatchUp(advanced);
    }

    // What the store told meanwhile came first, and is newer.
    private void Inherit(Inheritance inheritance)
    {
        if (_newest is null && inheritance.Newest is not null)
        {
            Advance(inheritance.Newest);
        }

        foreach (var (subscriber, command) in inheritance.Subscribers)
        {
            if (!_subscribers.Contains(subscriber))
            {
                Add(subscriber, command);
            }
        }
    }

    // A predecessor's comes before there is anything to go on with.
    private void OnGoOn()
    {
        _goesOn = false;
        if (_newest is not null)
        {
            CatchUp(_newest);
        }
    }

    private void CatchUp(SnapshotAdvanced newest)
    {
        _subscribers.CatchUp(newest, SubscribersPerTurn);
        if (_subscribers.IsBehind && !_goesOn)
        {
            _goesOn = true;
            Self.Tell(GoOn.Instance);
        }
    }

    private void Add(IActorRef subscriber, Subscribe command)
    {
        Context.Watch(subscriber);
        if (_subscribers.Add(subscriber, command) && _newest is not null)
        {
            subscriber.Tell(_newest);
        }

        // Nobody listening, nothing ticking: an idle agent does not wake up.
        if (!Timers.IsTimerActive(Beat.Instance))
        {
            ScheduleBeat();
        }
    }

    private void OnBeat(Beat beat)
    {
        _subscribers.Publish(beat);
        ScheduleBeat();
    }

    // Never a periodic timer: after a pause of the whole process its overdue ticks would come in one burst, and applications that
    // talk every interval would be taken for silent ones before a byte of theirs was read.
    private void ScheduleBeat() => Timers.StartSingleTimer(Beat.Instance, Beat.Instance, _heartbeatInterval);

    private void Remove(IActorRef subscriber)
    {
        _subscribers.Remove(subscriber);
        if (_subscribers.Count == 0)
        {
            Timers.Cancel(Beat.Instance);
        }
    }

    private sealed record GoOn
    {
        public static GoOn Instance { get; } = new();
    }

    /// <summary>To its successor.</summary>
    private sealed record Inheritance(SnapshotAdvanced? Newest, ImmutableArray<(IActorRef Ref, Subscribe Command)> Subscribers);
}
