using Miru.Agent.Connections;
using Miru.Agent.Tests.Doubles;
using Xunit;

namespace Miru.Agent.Tests.Connections;

[Trait("Clause", "limit-1")]
public sealed class RefusalLogTests
{
    private readonly VirtualTime _time = new();

    [Fact]
    public void A_kind_is_logged_once_a_minute_and_the_next_line_says_how_many_were_not()
    {
        var log = new RefusalLog(_time);
        Assert.True(log.Note(RefusalKind.Total, out _));
        Assert.False(log.Note(RefusalKind.Total, out _));
        Assert.False(log.Note(RefusalKind.Total, out _));
        Assert.True(log.Note(RefusalKind.User, out _));

        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.True(log.Note(RefusalKind.Total, out var silent));
        Assert.Equal(2, silent);
        Assert.False(log.Note(RefusalKind.Total, out _));
    }
}
