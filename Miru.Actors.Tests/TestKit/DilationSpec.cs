using Xunit;

namespace Miru.Actors.Tests.TestKit;

/// <summary>Times stretched for slow machines.</summary>
public class DilationSpec() : Akka.TestKit.Xunit2.TestKit("akka.test.timefactor = 2.0, akka.test.single-expect-default = 1s")
{
    [Fact]
    public void Stretches_times_by_the_factor_of_the_configuration()
    {
        Assert.Equal(TimeSpan.FromSeconds(6), Dilated(TimeSpan.FromSeconds(3)));
        Assert.Equal(TimeSpan.FromSeconds(2), RemainingOrDefault);
    }
}
