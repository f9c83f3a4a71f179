namespace Miru.Benchmarks.Hostile.Fuzzing;

/// <summary>The targets with the code that counts for each.</summary>
internal static class FuzzTargets
{
    /// <summary>Frames, JSON and messages of the protocol, and the agent's connection.</summary>
    public static InstrumentedTarget Connection() => new(
        typeof(ConnectionTarget),
        ("Miru.Protocol", _ => true),
        ("miru-agent", type => type.StartsWith("Miru.Agent.Connections.", StringComparison.Ordinal)),
        (Own, _ => false));

    public static InstrumentedTarget Planted() => new(
        typeof(PlantedBug),
        (Own, type => type == typeof(PlantedBug).FullName));

    private static string Own => typeof(FuzzTargets).Assembly.GetName().Name!;
}
