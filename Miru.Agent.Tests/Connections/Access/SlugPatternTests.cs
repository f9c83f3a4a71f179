using Miru.Agent.Connections.Access;
using Xunit;

namespace Miru.Agent.Tests.Connections.Access;

public sealed class SlugPatternTests
{
    [Theory]
    [InlineData("lidar", "lidar")]
    [InlineData("*", "")]
    [InlineData("*", "lidar")]
    [InlineData("lidar-*", "lidar-")]
    [InlineData("lidar-*", "lidar-front")]
    [InlineData("*-front", "lidar-front")]
    [InlineData("*-front", "front-front")]
    [InlineData("l*r-*t", "lidar-front")]
    [InlineData("a*b*c", "a-b-b-c")]
    [InlineData("**", "x")]
    [InlineData("map@*", "map@floor-2")]
    public void Fits(string pattern, string slug) => Assert.True(new SlugPattern(pattern).Matches(slug));

    [Theory]
    [InlineData("lidar", "lidar-front")]
    [InlineData("lidar", "LIDAR")]
    [InlineData("lidar-*", "lidar")]
    [InlineData("*-front", "lidar-frontal")]
    [InlineData("a*b*c", "a-c")]
    [InlineData("lidar.", "lidarx")]
    [InlineData("lida[r]", "lidar")]
    [InlineData("lida?", "lidar")]
    public void Does_not_fit(string pattern, string slug) => Assert.False(new SlugPattern(pattern).Matches(slug));

    [Fact]
    public void A_hostile_pattern_costs_a_bounded_effort() =>
        Assert.False(new SlugPattern(string.Concat(Enumerable.Repeat("*a", 200)) + "b").Matches(new string('a', 4096)));
}
