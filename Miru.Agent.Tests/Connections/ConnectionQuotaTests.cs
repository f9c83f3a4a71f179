using Miru.Agent.Connections;
using Xunit;

namespace Miru.Agent.Tests.Connections;

[Trait("Clause", "limit-1")]
public sealed class ConnectionQuotaTests
{
    private const uint Root = 0;

    [Fact]
    public void One_user_cannot_take_the_places_of_another()
    {
        var quota = new ConnectionQuota(total: 10, perUser: 2);

        Assert.True(quota.TryTake(1000));
        Assert.True(quota.TryTake(1000));
        Assert.False(quota.TryTake(1000));
        Assert.True(quota.TryTake(1001));
        Assert.Equal(3, quota.Count);
    }

    [Fact]
    public void A_place_that_was_given_back_can_be_taken()
    {
        var quota = new ConnectionQuota(total: 10, perUser: 1);
        Assert.True(quota.TryTake(1000));
        quota.Return(1000);

        Assert.True(quota.TryTake(1000));
    }

    [Fact]
    public void Root_is_held_by_the_total_only()
    {
        var quota = new ConnectionQuota(total: 3, perUser: 1);

        Assert.True(quota.TryTake(Root));
        Assert.True(quota.TryTake(Root));
        Assert.True(quota.TryTake(Root));
        Assert.False(quota.TryTake(Root));
    }
}
