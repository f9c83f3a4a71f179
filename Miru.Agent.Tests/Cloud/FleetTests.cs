using Miru.Benchmarks.Fleet;
using Xunit;

namespace Miru.Agent.Tests.Cloud;

/// <summary>A smaller fleet than the measured one, with the same decisions.</summary>
public sealed class FleetTests
{
    private const int Devices = 2_000;

    [Theory]
    [InlineData(false, 1)]
    [InlineData(false, 2)]
    [InlineData(true, 1)]
    [InlineData(true, 2)]
    public void An_outage_of_an_hour_does_not_end_in_a_herd(bool pushes, int seed)
    {
        var result = FleetSimulation.Run(FleetScenario.AnHour(Devices, pushes), seed);

        Assert.InRange(result.Steady, Devices / 75.0, Devices / 40.0);

        // A second of so small a fleet has more chance in it than one of ten thousand: some is granted.
        Assert.InRange(result.PeakAfter, 1, Math.Max(2 * result.Steady, 1.3 * result.PeakBefore));
        Assert.InRange(result.MeanDuring, 0, result.Steady);
    }

    [Fact]
    public void Everybody_is_back_within_the_longest_backoff()
    {
        var result = FleetSimulation.Run(FleetScenario.AnHour(Devices, pushes: false), 3);
        var later = result.Requests.Skip((int)(result.Scenario.OutageUntil + TimeSpan.FromMinutes(12)).TotalSeconds).SkipLast(60).Average();

        Assert.InRange(later, 0.95 * result.Steady, 1.25 * result.Steady);
    }

    [Fact]
    public void The_same_seed_is_the_same_run() =>
        Assert.Equal(
            FleetSimulation.Run(FleetScenario.ARestart(200, pushes: true), 5).Requests,
            FleetSimulation.Run(FleetScenario.ARestart(200, pushes: true), 5).Requests);
}
