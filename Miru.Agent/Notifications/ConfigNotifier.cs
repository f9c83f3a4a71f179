using System.Collections.Immutable;
using Akka.Actor;

namespace Miru.Agent.Notifications;

/// <summary>
/// Hop 4: from the store to every connection.
/// <para>Owns: the newest snapshot, the list of subscribers, the one heartbeat of all connections.</para>
/// <para>Receives: <see cref="SnapshotAdvanced"/> from the store; <see cref="Subscribe"/> from connections; their end by death watch.</para>
/// <para>Tells: each subscriber <see cref="SnapshotAdvanced"/>, first the newest and then every newer one, and <see cref="Beat"/>.</para>
/// <para>On failure: restarts, and hands its successor the snapshot and the subscribers through its own mailbox.</para>
/// </summary>
internal sealed class ConfigNotifier : ReceiveActor, IWithTimers
{
    private readonly TimeSpan _heartbeatInterval;
    private readonly HashSet<IActorRef> _subscribers = [];
    private SnapshotAdvanced? _newest;

    /// <param name="heartbeatInterval">Time between two beats.</param>
    public ConfigNotifier(TimeSpan heartbeatInterval)
    {
        _heartbeatInterval = heartbeatInterval;
        Receive<SnapshotAdvanced>(Advance);
        Receive<Subscribe>(_ => Add(Sender));
        Receive<Terminated>(ended => Remove(ended.ActorRef));
        Receive<Beat>(OnBeat);
        Receive<Inheritance>(Inherit);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreRestart(Exception reason, object message)
    {
        Self.Tell(new Inheritance(_newest, [.. _subscribers]));
        base.PreRestart(reason, message);
    }

    private void Advance(SnapshotAdvanced advanced)
    {
        _newest = advanced;
        Publish(advanced);
    }

    // What the store told meanwhile came first, and is newer.
    private void Inherit(Inheritance inheritance)
    {
        if (_newest is null && inheritance.Newest is not null)
        {
            Advance(inheritance.Newest);
        }

        foreach (var subscriber in inheritance.Subscribers)
        {
            Add(subscriber);
        }
    }

    private void Add(IActorRef subscriber)
    {
        Context.Watch(subscriber);
        _subscribers.Add(subscriber);
        if (_newest is not null)
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
        Publish(beat);
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

    private void Publish(object fact)
    {
        foreach (var subscriber in _subscribers)
        {
            subscriber.Tell(fact);
        }
    }

    /// <summary>To its successor.</summary>
    private sealed record Inheritance(SnapshotAdvanced? Newest, ImmutableArray<IActorRef> Subscribers);
}
