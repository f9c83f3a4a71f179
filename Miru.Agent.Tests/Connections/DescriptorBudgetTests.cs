using Miru.Agent.Connections;
using Xunit;

namespace Miru.Agent.Tests.Connections;

public sealed class DescriptorBudgetTests
{
    [Theory]
    [InlineData(1024, 524_288, 130, 1024)]
    [InlineData(1024, 1024, 130, 798)]
    [InlineData(1024, 256, 130, 30)]
    [InlineData(1024, 200, 130, 1)]
    [InlineData(1024, ulong.MaxValue, 130, 1024)]
    [Trait("Clause", "limit-1")]
    public void Never_promises_more_connections_than_there_are_descriptors(int wanted, ulong limit, int open, int expected) =>
        Assert.Equal(expected, DescriptorBudget.Connections(wanted, limit, open));

    [Fact]
    public void Knows_the_limit_of_this_process() => Assert.InRange(DescriptorBudget.ConnectionsNow(5), 1, 5);
}
