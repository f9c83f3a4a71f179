using Akka.Configuration;

namespace Akka.Actor;

/// <summary>One phase of a coordinated shutdown: what must come before it and how long it may take.</summary>
internal sealed class ShutdownPhase
{
    private readonly List<ShutdownTask> _tasks = [];

    private ShutdownPhase(string name, IReadOnlyCollection<string> dependsOn, TimeSpan timeout, bool recover, bool enabled)
    {
        Name = name;
        DependsOn = dependsOn;
        Timeout = timeout;
        Recover = recover;
        Enabled = enabled;
    }

    internal string Name { get; }

    internal IReadOnlyCollection<string> DependsOn { get; }

    internal TimeSpan Timeout { get; }

    /// <summary>Whether the shutdown goes on when this phase failed or took too long.</summary>
    internal bool Recover { get; }

    internal bool Enabled { get; }

    internal static ShutdownPhase Read(string name, Config config, string[] dependsOn, TimeSpan timeout) => new(
        name,
        config?.GetStringList("depends-on", dependsOn).ToArray() ?? dependsOn,
        config?.GetTimeSpan("timeout", timeout) ?? timeout,
        config?.GetBoolean("recover", true) ?? true,
        config?.GetBoolean("enabled", true) ?? true);

    internal void Add(string taskName, Func<Task<Done>> task)
    {
        lock (_tasks) _tasks.Add(new ShutdownTask(taskName, task));
    }

    internal ShutdownTask[] Tasks()
    {
        lock (_tasks) return [.. _tasks];
    }
}
