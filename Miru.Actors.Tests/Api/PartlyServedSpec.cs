using Xunit;

namespace Miru.Actors.Tests.Api;

public class PartlyServedSpec
{
    [Fact]
    public void Nobody_implements_what_is_served_to_callers_only() => Assert.Empty(PartlyServed.ImplementedIn(typeof(PartlyServedSpec).Assembly));
}
