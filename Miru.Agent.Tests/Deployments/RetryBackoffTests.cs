using Miru.Agent.Deployments;
using Miru.Agent.Deployments.Files;
using Xunit;

namespace Miru.Agent.Tests.Deployments;

public sealed class RetryBackoffTests
{
    private static readonly RetryBackoff Backoff = new(TimeSpan.FromSeconds(15), TimeSpan.FromHours(24), Jitter: 0.2, FullDisk: TimeSpan.FromSeconds(30));

    [Theory]
    [InlineData(1, 15)]
    [InlineData(2, 30)]
    [InlineData(5, 240)]
    [InlineData(14, 86_400)]
    [InlineData(int.MaxValue, 86_400)]
    public void Retries_back_off_by_doubling_up_to_a_day(int failures, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), (Backoff with { Jitter = 0 }).After(failures, new Random(1)));

    [Fact]
    public void Robots_that_failed_together_do_not_retry_together()
    {
        var waits = Enumerable.Range(0, 1000).Select(seed => Backoff.After(3, new Random(seed)).TotalSeconds).ToList();

        Assert.All(waits, wait => Assert.InRange(wait, 48, 72));
        Assert.True(waits.Max() - waits.Min() > 20);
        Assert.Equal(60, waits.Average(), tolerance: 1);
    }

    [Fact]
    public void The_jitter_never_leads_beyond_the_longest_wait() =>
        Assert.All(Enumerable.Range(0, 100), seed => Assert.True(Backoff.After(20, new Random(seed)) <= Backoff.Max));

    [Theory]
    [InlineData(Errno.NoSpace, 30)]
    [InlineData(Errno.Quota, 30)]
    [InlineData(Errno.ReadOnly, 30)]
    [InlineData(Errno.Io, 240)]
    [InlineData(Errno.Denied, 240)]
    public void A_disk_that_may_get_room_at_any_time_is_looked_at_often(int error, int seconds) => Assert.Equal(
        TimeSpan.FromSeconds(seconds), (Backoff with { Jitter = 0 }).After(5, new FileSystemException("refused", error), new Random(1)));
}
