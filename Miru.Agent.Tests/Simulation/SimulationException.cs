namespace Miru.Agent.Tests.Simulation;

/// <summary>Something that must always hold did not.</summary>
internal sealed class SimulationException(string message) : Exception(message)
{
    public static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new SimulationException(otherwise);
        }
    }
}
