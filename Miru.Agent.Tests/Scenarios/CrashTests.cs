using Miru.Agent.Tests.Doubles;
using Miru.Benchmarks.Crash;
using Xunit;

namespace Miru.Agent.Tests.Scenarios;

/// <summary>A handful of what <c>Miru.Benchmarks -- crash</c> does at length, so that its code is run with every change.</summary>
public sealed class CrashTests
{
    [Fact]
    public async Task An_agent_that_is_killed_while_it_applies_twenty_files_finishes_or_undoes_it()
    {
        using var directory = new TemporaryDirectory();
        var site = CrashSite.Prepare(directory.File("site"));
        var tally = new CrashTally();

        await KillCampaign.RunAsync(site, kills: 3, new Random(7), tally);

        Assert.Equal(3, tally.Cycles);
        Assert.True(tally.IsClean, $"{tally.Line()}: {string.Join(Environment.NewLine, tally.Violations)}");
    }
}
