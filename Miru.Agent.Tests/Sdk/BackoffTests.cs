using Miru.Sdk.Connection;
using Xunit;

namespace Miru.Agent.Tests.Sdk;

public sealed class BackoffTests
{
    private static readonly TimeSpan Min = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Max = TimeSpan.FromSeconds(5);

    [Fact]
    public void Pauses_spread_over_the_whole_range_and_never_beyond_it()
    {
        var random = new Random(1);
        var backoff = new Backoff(Min, Max, random.NextDouble);
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var ceiling = Math.Min(5000, 100 * Math.Pow(2, attempt));
            var pauses = Enumerable.Range(0, 200).Select(_ => backoff.Delay(attempt, TimeSpan.Zero).TotalMilliseconds).ToArray();

            Assert.All(pauses, pause => Assert.InRange(pause, 0, ceiling));
            Assert.True(pauses.Min() < ceiling * 0.1 && pauses.Max() > ceiling * 0.9);
        }
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(300, 300)]
    [InlineData(5000, 5000)]
    [InlineData(86_400_000, 5000)]
    public void A_hint_is_a_lower_bound_but_no_agent_can_send_a_client_away_for_long(int hint, int expected) =>
        Assert.Equal(expected, new Backoff(Min, Max, () => 0).Delay(0, TimeSpan.FromMilliseconds(hint)).TotalMilliseconds);

    [Fact]
    public void Attempts_without_end_do_not_overflow() =>
        Assert.Equal(2500, new Backoff(Min, Max, () => 0.5).Delay(int.MaxValue, TimeSpan.Zero).TotalMilliseconds);
}
