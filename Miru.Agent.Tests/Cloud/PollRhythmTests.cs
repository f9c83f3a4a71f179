using Miru.Agent.Cloud.Api;
using Miru.Agent.Cloud.Scheduling;
using Miru.Agent.Settings;
using Xunit;

namespace Miru.Agent.Tests.Cloud;

public sealed class PollRhythmTests
{
    private static readonly TimeSpan Now = TimeSpan.FromMinutes(5);
    private static readonly CloudFailure Down = new(FailureKind.RetryLater, "down");

    private readonly PollRhythm _rhythm =
        new(AgentSettingsLoader.Load(AgentSettingsLoader.ReferenceText(), null, _ => null).Cloud, 0.25, RenewalBudget.Full(TimeSpan.Zero));

    [Fact]
    public void The_second_poll_comes_in_the_devices_phase_and_later_ones_at_the_interval()
    {
        var (next, first) = _rhythm.Succeeded(immediately: false, Now, 0.5);
        var (_, second) = next.Succeeded(immediately: false, Now, 0.5);

        Assert.Equal((15, 60), (first.TotalSeconds, second.TotalSeconds));
    }

    [Fact]
    public void A_server_that_names_an_interval_is_asked_at_that()
    {
        var (_, wait) = (_rhythm with { InPhase = true, Hint = TimeSpan.FromSeconds(300) }).Succeeded(immediately: false, Now, 0);

        Assert.Equal(270, wait.TotalSeconds, 3);
    }

    [Fact]
    public void Failures_in_a_row_wait_longer_and_a_success_starts_over()
    {
        var (once, first) = _rhythm.Failed(Down, 1);
        var (twice, second) = once.Failed(Down, 1);
        var (well, _) = twice.Succeeded(immediately: true, Now, 0.5);
        var (_, again) = well.Failed(Down, 1);

        // From the shortest wait after a start; from an interval for a device that worked and then does not.
        Assert.Equal((1, 2, 60), (first.TotalSeconds, second.TotalSeconds, again.TotalSeconds));
    }

    [Fact]
    public void What_only_a_person_can_mend_is_tried_at_the_longest_wait_at_once()
    {
        var (_, wait) = _rhythm.Failed(new CloudFailure(FailureKind.Stop, "403"), 0.5);

        Assert.Equal(TimeSpan.FromMinutes(10), wait);
    }

    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(0.5, 30.05)]
    [InlineData(1, 60)]
    public void Devices_that_lose_their_cloud_together_come_back_within_an_interval_and_apart(double chance, double seconds)
    {
        var (well, _) = _rhythm.Succeeded(immediately: true, Now, 0.5);

        Assert.Equal(seconds, well.Cut(Down, chance).TotalSeconds, 3);
        Assert.Equal(seconds, well.Failed(Down, chance).Wait.TotalSeconds, 3);
    }

    [Fact]
    public void A_large_fleet_comes_back_within_the_interval_that_its_server_asked_for()
    {
        var (well, _) = (_rhythm with { Hint = TimeSpan.FromSeconds(300) }).Succeeded(immediately: true, Now, 0.5);

        Assert.Equal(300, well.Failed(Down, 1).Wait.TotalSeconds, 3);
    }

    [Fact]
    public void A_token_that_has_become_void_is_no_reason_to_wait()
    {
        var (well, _) = _rhythm.Succeeded(immediately: true, Now, 0.5);

        Assert.Equal(1, well.Failed(new CloudFailure(FailureKind.RefreshToken, "401"), 1).Wait.TotalSeconds, 3);
    }

    [Fact]
    public void Phases_of_devices_fill_the_interval_evenly()
    {
        var phases = Enumerable.Range(0, 10_000).Select(number => PollSchedule.Phase($"dvc_{number}")).ToList();

        Assert.All(phases, phase => Assert.InRange(phase, 0, 0.9999999999));
        Assert.All(Enumerable.Range(0, 10), tenth => Assert.InRange(phases.Count(phase => (int)(phase * 10) == tenth), 850, 1150));
        Assert.Equal(PollSchedule.Phase("dvc_1"), PollSchedule.Phase("dvc_1"));
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("999999", 86400)]
    [InlineData("0", null)]
    [InlineData("-5", null)]
    [InlineData("1.5", null)]
    [InlineData("soon", null)]
    [InlineData(null, null)]
    public void A_hint_is_a_whole_number_of_seconds_up_to_a_day(string? header, int? seconds) =>
        Assert.Equal(seconds, (int?)PollSchedule.Hint(header)?.TotalSeconds);
}
