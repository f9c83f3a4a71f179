using Akka.Configuration;

namespace Akka.Actor;

/// <summary>The phases of a shutdown as a graph without cycles: Akka.NET's own, and what <c>akka.coordinated-shutdown.phases</c> adds.</summary>
internal sealed class ShutdownPhases
{
    private static readonly string[] Known =
    [
        CoordinatedShutdown.PhaseBeforeServiceUnbind, CoordinatedShutdown.PhaseServiceUnbind, CoordinatedShutdown.PhaseServiceRequestsDone,
        CoordinatedShutdown.PhaseServiceStop, CoordinatedShutdown.PhaseBeforeClusterShutdown, CoordinatedShutdown.PhaseClusterShardingShutdownRegion,
        CoordinatedShutdown.PhaseClusterLeave, CoordinatedShutdown.PhaseClusterExiting, CoordinatedShutdown.PhaseClusterExitingDone,
        CoordinatedShutdown.PhaseClusterShutdown, CoordinatedShutdown.PhaseBeforeActorSystemTerminate, CoordinatedShutdown.PhaseActorSystemTerminate,
    ];

    private readonly Dictionary<string, ShutdownPhase> _phases = [];

    /// <exception cref="ArgumentException">The phases depend on each other in a circle.</exception>
    internal ShutdownPhases(Config config)
    {
        var timeout = config?.GetTimeSpan("default-phase-timeout", TimeSpan.FromSeconds(5)) ?? TimeSpan.FromSeconds(5);
        var configured = config?.GetConfig("phases");
        for (var i = 0; i < Known.Length; i++)
        {
            Add(Known[i], configured?.GetConfig(Known[i]), i == 0 ? [] : [Known[i - 1]],
                Known[i] == CoordinatedShutdown.PhaseActorSystemTerminate ? TimeSpan.FromSeconds(10) : timeout);
        }
        foreach (var (name, _) in configured?.AsEnumerable() ?? [])
            if (!_phases.ContainsKey(name)) Add(name, configured.GetConfig(name), [], timeout);
        InOrder = Sort();
    }

    /// <summary>Each phase after all that it depends on.</summary>
    internal IReadOnlyList<ShutdownPhase> InOrder { get; }

    /// <exception cref="ArgumentException">There is no such phase.</exception>
    internal ShutdownPhase this[string name] => _phases.TryGetValue(name, out var phase)
        ? phase
        : throw new ArgumentException(Unknown(name));

    /// <summary>Adds a task to a phase. Unlike the other questions about a phase, Akka.NET takes this one for a matter of configuration.</summary>
    /// <exception cref="ConfigurationException">There is no such phase.</exception>
    internal void AddTask(string name, string taskName, Func<Task<Done>> task)
    {
        if (!_phases.TryGetValue(name, out var phase)) throw new ConfigurationException(Unknown(name));
        phase.Add(taskName, task);
    }

    private string Unknown(string name) =>
        $"Unknown phase [{name}], known phases [{string.Join(",", _phases.Keys)}]. All phases (along with their optional dependencies) must be defined in configuration.";

    private void Add(string name, Config config, string[] dependsOn, TimeSpan timeout) =>
        _phases[name] = ShutdownPhase.Read(name, config, dependsOn, timeout);

    private List<ShutdownPhase> Sort()
    {
        var sorted = new List<ShutdownPhase>();
        var open = new HashSet<string>();
        foreach (var name in _phases.Keys) Visit(name);
        return sorted;

        void Visit(string name)
        {
            if (sorted.Exists(phase => phase.Name == name)) return;
            if (!open.Add(name))
                throw new ArgumentException($"Cycle detected in graph of phases. It must be a DAG. phase [{name}] depends transitively on itself.");
            if (!_phases.ContainsKey(name)) Add(name, null, [], TimeSpan.FromSeconds(5));
            foreach (var dependency in _phases[name].DependsOn) Visit(dependency);
            open.Remove(name);
            sorted.Add(_phases[name]);
        }
    }
}
