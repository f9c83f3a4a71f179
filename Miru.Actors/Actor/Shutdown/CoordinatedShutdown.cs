using Akka.Actor.Internal;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// Ends a system in order: phase by phase, the tasks of one phase side by side, each phase for a limited time. It runs once; who asks
/// again gets the first run. A phase that fails or takes too long is logged and passed over, unless it is set not to <c>recover</c>.
/// </summary>
public sealed class CoordinatedShutdown : IExtension
{
    /// <summary>Before the application stops taking requests.</summary>
    public const string PhaseBeforeServiceUnbind = "before-service-unbind";

    /// <summary>Take no more requests.</summary>
    public const string PhaseServiceUnbind = "service-unbind";

    /// <summary>Finish the requests that are in.</summary>
    public const string PhaseServiceRequestsDone = "service-requests-done";

    /// <summary>Close what served them.</summary>
    public const string PhaseServiceStop = "service-stop";

    /// <summary>Before a cluster is left; no cluster here, the phase is a place in the order.</summary>
    public const string PhaseBeforeClusterShutdown = "before-cluster-shutdown";

    /// <summary>A place in the order.</summary>
    public const string PhaseClusterShardingShutdownRegion = "cluster-sharding-shutdown-region";

    /// <summary>A place in the order.</summary>
    public const string PhaseClusterLeave = "cluster-leave";

    /// <summary>A place in the order.</summary>
    public const string PhaseClusterExiting = "cluster-exiting";

    /// <summary>A place in the order.</summary>
    public const string PhaseClusterExitingDone = "cluster-exiting-done";

    /// <summary>A place in the order.</summary>
    public const string PhaseClusterShutdown = "cluster-shutdown";

    /// <summary>The last moment with all actors alive.</summary>
    public const string PhaseBeforeActorSystemTerminate = "before-actor-system-terminate";

    /// <summary>The actors stop.</summary>
    public const string PhaseActorSystemTerminate = "actor-system-terminate";

    private readonly Lock _gate = new();
    private readonly ShutdownPhases _phases;
    private readonly ILoggingAdapter _log;
    private Task<Done> _run;

    internal CoordinatedShutdown(ExtendedActorSystem system)
    {
        System = system;
        _log = Logging.GetLogger(system.EventStream, nameof(CoordinatedShutdown));
        _phases = new ShutdownPhases(system.Settings.Config.GetConfig("akka.coordinated-shutdown"));
        if (system.Settings.CoordinatedShutdownTerminateActorSystem) AddTask(PhaseActorSystemTerminate, "terminate-system", TerminateSystem);
    }

    /// <summary>The system it ends.</summary>
    public ExtendedActorSystem System { get; }

    /// <summary>Why it runs; null while it does not.</summary>
    public Reason ShutdownReason { get; private set; }

    /// <summary>The longest that all phases together can take.</summary>
    public TimeSpan TotalTimeout => _phases.InOrder.Where(phase => phase.Enabled).Aggregate(TimeSpan.Zero, (sum, phase) => sum + phase.Timeout);

    /// <summary>The shutdown of a system.</summary>
    public static CoordinatedShutdown Get(ActorSystem sys) => sys.WithExtension<CoordinatedShutdown, CoordinatedShutdownExtension>();

    /// <summary>Adds a task to a phase; it may add others to later phases while it runs.</summary>
    /// <exception cref="ArgumentException">The task has no name.</exception>
    /// <exception cref="ConfigurationException">There is no such phase.</exception>
    public void AddTask(string phase, string taskName, Func<Task<Done>> task)
    {
        if (string.IsNullOrEmpty(taskName))
            throw new ArgumentException($"Set a task name when adding tasks to the Coordinated Shutdown. Try to use unique, self-explanatory names. [phase: {phase}]", nameof(taskName));
        _phases.AddTask(phase, taskName, task);
    }

    /// <summary>How long a phase may take.</summary>
    public TimeSpan Timeout(string phase) => _phases[phase].Timeout;

    /// <summary>Runs the phases, all or from one on. Only the first call does; all get its outcome.</summary>
    public Task<Done> Run(Reason reason, string fromPhase = null)
    {
        lock (_gate)
        {
            if (_run is not null) return _run;
            ShutdownReason = reason;
            var phases = fromPhase is null ? _phases.InOrder : [.. _phases.InOrder.SkipWhile(phase => phase != _phases[fromPhase])];
            return _run = RunPhases(phases);
        }
    }

    private async Task<Done> RunPhases(IReadOnlyList<ShutdownPhase> phases)
    {
        // Off the caller's thread: it may be an actor, or hold a lock.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        foreach (var phase in phases)
        {
            var tasks = phase.Tasks();
            if (!phase.Enabled || tasks.Length == 0) continue;
            try
            {
                await Task.WhenAll(tasks.Select(task => RunTask(phase, task))).WaitAsync(phase.Timeout).ConfigureAwait(false);
            }
            catch (TimeoutException) when (phase.Recover)
            {
                _log.Warning("Coordinated shutdown phase [{0}] timed out after {1}", phase.Name, phase.Timeout);
            }
        }
        return Done.Instance;
    }

    private async Task RunTask(ShutdownPhase phase, ShutdownTask task)
    {
        try
        {
            await task.Run().ConfigureAwait(false);
        }
        catch (Exception failure) when (phase.Recover)
        {
            _log.Warning(failure, "Task [{0}] failed in phase [{1}]: {2}", task.Name, phase.Name, failure.Message);
        }
    }

    private Task<Done> TerminateSystem() => ((ActorSystemImpl)System).StopActors().ContinueWith(
        static _ => Done.Instance, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    /// <summary>Why a system ends.</summary>
    public class Reason
    {
        /// <summary>Only reasons derive.</summary>
        protected Reason() { }
    }

    /// <summary>Nobody knows.</summary>
    public class UnknownReason : Reason
    {
        /// <summary>The only one.</summary>
        public static readonly Reason Instance = new UnknownReason();

        private UnknownReason() { }
    }

    /// <summary>Somebody called <see cref="ActorSystem.Terminate"/>.</summary>
    public class ActorSystemTerminateReason : Reason
    {
        /// <summary>The only one.</summary>
        public static readonly Reason Instance = new ActorSystemTerminateReason();

        private ActorSystemTerminateReason() { }
    }

    /// <summary>The process ends.</summary>
    public class ClrExitReason : Reason
    {
        /// <summary>The only one.</summary>
        public static readonly Reason Instance = new ClrExitReason();

        private ClrExitReason() { }
    }
}
