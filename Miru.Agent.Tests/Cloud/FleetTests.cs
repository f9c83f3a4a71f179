using Miru.Benchmarks.Fleet;
using Xunit;

namespace Miru.Agent.Tests.Cloud;

/// <summary>A smaller fleet than the measured one, with the same actors.</summary>
public sealed class FleetTests
{
    private const int Devices = 400;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_outage_of_an_hour_does_not_end_in_a_herd(bool pushes)
    {
        var result = FleetSimulation.Run(FleetScenario.AnHour(Devices, pushes), 1);

        Assert.InRange(result.Steady, Devices / 75.0, Devices / 40.0);
        Assert.InRange(result.BusyAfter, result.Steady, 2 * result.Steady);
        Assert.InRange(result.MeanDuring, 0, result.Steady);

        // Everybody is back within the longest backoff.
        var later = result.Requests.Skip((int)(result.Scenario.OutageUntil + TimeSpan.FromMinutes(12)).TotalSeconds).SkipLast(60).Average();
        Assert.InRange(later, 0.9 * result.Steady, 1.25 * result.Steady);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void A_cloud_that_restarts_is_not_met_by_a_herd(bool pushes, bool saysGoodbye)
    {
        var result = FleetSimulation.Run(FleetScenario.ARestart(Devices, pushes) with { SaysGoodbye = saysGoodbye }, 1);

        Assert.InRange(result.BusyAfter, result.Steady, 2 * result.Steady);
    }

    [Fact]
    public void The_same_seed_is_the_same_run()
    {
        var scenario = FleetScenario.ARestart(30, pushes: true) with { DeploysMeanwhile = true };

        Assert.Equal(FleetSimulation.Run(scenario, 5).Requests, FleetSimulation.Run(scenario, 5).Requests);
    }
}
