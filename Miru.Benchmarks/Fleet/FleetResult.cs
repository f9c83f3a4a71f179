namespace Miru.Benchmarks.Fleet;

/// <summary>What the modelled server saw.</summary>
/// <param name="Requests">Attempts in each second since the start.</param>
internal sealed record FleetResult(FleetScenario Scenario, IReadOnlyList<int> Requests)
{
    /// <summary>Requests a second before the outage, on average.</summary>
    public double Steady => Between(Scenario.SteadyFrom, Scenario.OutageFrom).Average();

    /// <summary>The busiest second after the outage.</summary>
    public int PeakAfter => Between(Scenario.OutageUntil, Scenario.Until).Max();

    /// <summary>Requests a second in the busiest ten seconds after the outage, on average: for fleets so small that one second is mostly chance.</summary>
    public double BusyAfter => Between(Scenario.OutageUntil, Scenario.Until).Chunk(10).Max(chunk => chunk.Average());

    /// <summary>Attempts a second while nobody answered, on average.</summary>
    public double MeanDuring => Between(Scenario.OutageFrom, Scenario.OutageUntil).Average();

    private IEnumerable<int> Between(TimeSpan from, TimeSpan until) => Requests.Skip((int)from.TotalSeconds).Take((int)(until - from).TotalSeconds);
}
