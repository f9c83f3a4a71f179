using Miru.Agent.Cloud.Scheduling;
using Xunit;

namespace Miru.Agent.Tests.Cloud;

public sealed class SchedulingTests
{
    private static readonly TimeSpan Min = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Max = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Now = TimeSpan.FromHours(7);

    [Theory]
    [InlineData(1, 0.5, 0.55)]
    [InlineData(1, 0, 0.1)]
    [InlineData(4, 1, 8)]
    [InlineData(30, 1, 600)]
    [InlineData(int.MaxValue, 1, 600)]
    public void Backoff_is_drawn_from_below_a_doubling_ceiling_and_is_never_nothing(int failures, double chance, double seconds) =>
        Assert.Equal(seconds, Backoff.After(failures, Min, Max, null, chance).TotalSeconds, 3);

    [Theory]
    [InlineData(0.2, 0.2, 0.4)]
    [InlineData(17, 17, 18)]
    [InlineData(1_000_000_000, 3600, 3601)]
    public void A_servers_wish_is_never_undercut_and_not_obeyed_for_ever(double wish, double least, double most)
    {
        Assert.Equal(least, Backoff.After(1, Min, Max, TimeSpan.FromSeconds(wish), 0).TotalSeconds);
        Assert.Equal(most, Backoff.After(1, Min, Max, TimeSpan.FromSeconds(wish), 1).TotalSeconds);
    }

    [Fact]
    public void A_fleet_that_was_told_the_same_wish_at_once_comes_back_apart() =>
        Assert.Equal(60, Backoff.After(1, TimeSpan.FromMinutes(1), Max, TimeSpan.FromSeconds(30), 1).TotalSeconds);

    [Fact]
    public void A_wish_in_the_past_counts_for_nothing() =>
        Assert.True(Backoff.After(1, Min, Max, TimeSpan.FromSeconds(-5), 0) > TimeSpan.Zero);

    [Theory]
    [InlineData(0, 54)]
    [InlineData(0.5, 60)]
    [InlineData(1, 66)]
    public void A_poll_comes_earlier_or_later_by_the_jitter(double chance, double seconds) =>
        Assert.Equal(seconds, PollSchedule.Interval(TimeSpan.FromSeconds(60), 0.1, chance).TotalSeconds, 3);

    [Fact]
    public void A_burst_of_renewals_is_immediate_and_then_one_a_second_follows()
    {
        var budget = RenewalBudget.Full(Now);
        for (var i = 0; i < 10; i++)
        {
            (budget, var immediate) = budget.Renew(Now);
            Assert.Equal(TimeSpan.Zero, immediate);
        }

        (budget, var wait) = budget.Renew(Now);
        Assert.Equal(TimeSpan.FromSeconds(1), wait);

        var hour = TimeSpan.FromHours(1);
        Assert.Equal(TimeSpan.Zero, budget.Renew(Now + hour).Wait);
    }

    [Theory]
    [InlineData(3600, 900, 0, 2700)]
    [InlineData(3600, 900, 0.5, 2610)]
    [InlineData(600, 900, 0.5, 300)]
    [InlineData(0.1, 900, 0, 1)]
    public void A_token_is_renewed_ahead_of_its_end(double left, double lead, double chance, double seconds) =>
        Assert.Equal(seconds, TokenLife.RenewIn(TimeSpan.FromSeconds(left), TimeSpan.FromSeconds(lead), chance).TotalSeconds, 3);

    [Theory]
    [InlineData(0.84, "0.8 s")]
    [InlineData(47.4, "47 s")]
    [InlineData(649.5, "11 min")]
    [InlineData(-8000, "-2 h")]
    [InlineData(315360000, "3650 days")]
    public void A_wait_is_said_as_people_say_it(double seconds, string words) => Assert.Equal(words, Pause.Words(TimeSpan.FromSeconds(seconds)));
}
