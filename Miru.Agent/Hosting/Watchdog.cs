using Akka.Actor;
using Akka.Event;

namespace Miru.Agent.Hosting;

/// <summary>
/// Gives the supervisor of the process a sign of life, as long as there is life: when each of the hops has answered since the last one.
/// <para>Owns: the round under way.</para>
/// <para>Receives: <see cref="ActorIdentity"/> from the hops; its own timer.</para>
/// <para>Tells: the hops <see cref="Identify"/>; the service manager that the agent is alive.</para>
/// <para>On failure: restarts with a new round. A hop that hangs gets the process killed and started again.</para>
/// </summary>
internal sealed class Watchdog : ReceiveActor, IWithTimers
{
    private readonly IReadOnlyList<IActorRef> _hops;
    private readonly NotifySocket _manager;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly HashSet<IActorRef> _silent = [];
    private int _round;

    /// <param name="hops">Who must answer: hops that never block for long.</param>
    /// <param name="manager">Wants signs of life.</param>
    public Watchdog(IReadOnlyList<IActorRef> hops, NotifySocket manager)
    {
        _hops = hops;
        _manager = manager;
        Receive<RoundDue>(_ => Begin());
        Receive<ActorIdentity>(Hear, answer => Equals(answer.MessageId, _round));
        Receive<ActorIdentity>(_ => { });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Begin();

    private void Begin()
    {
        if (_silent.Count > 0)
        {
            _log.Error("No answer from {0}: the agent may hang, and its supervisor is not told otherwise.", string.Join(", ", _silent.Select(hop => hop.Path.Name)));
        }

        _round++;
        _silent.UnionWith(_hops);
        foreach (var hop in _hops)
        {
            hop.Tell(new Identify(_round));
        }

        Timers.StartSingleTimer(RoundDue.Instance, RoundDue.Instance, _manager.WatchdogInterval!.Value);
    }

    private void Hear(ActorIdentity answer)
    {
        if (_silent.Remove(Sender) && _silent.Count == 0)
        {
            _manager.Alive();
        }
    }

    private sealed record RoundDue
    {
        public static RoundDue Instance { get; } = new();
    }
}
