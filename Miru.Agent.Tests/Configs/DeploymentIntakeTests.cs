using Miru.Agent.Configs;
using Miru.Agent.Deployments;
using Miru.Agent.Tests.Doubles;
using Xunit;

namespace Miru.Agent.Tests.Configs;

public sealed class DeploymentIntakeTests : LedgerTest
{
    private static readonly int Kept = Stores.Settings("/").GenerationsKept;

    [Fact]
    public void A_list_without_news_does_not_wake_the_disk()
    {
        Ledger.Merge([Deployment("dpl_1", "inst_1")]);
        var commits = Ledger.Commits;

        Ledger.Merge([Deployment("dpl_1", "inst_1")]);

        Assert.Equal(commits, Ledger.Commits);
        Reopen();
        Assert.Null(Recovery);
        Assert.Equal(commits, Ledger.Commits);
    }

    [Fact]
    public void Contents_that_wait_go_to_the_disk_with_a_list_that_brings_nothing_else()
    {
        Ledger.Merge([Deployment("dpl_1", "inst_1")]);
        Keep("inst_1", "content");

        Ledger.Merge([Deployment("dpl_1", "inst_1")]);
        Reopen();

        Assert.Empty(Ledger.Missing([Deployment("dpl_1", "inst_1")]));
    }

    [Fact]
    public void What_is_superfluous_is_forgotten_with_the_next_list_without_news()
    {
        // One more than are kept, and the one in place.
        var newest = ApplyOneAfterAnother(Kept + 1);
        Assert.Empty(MissingOf(1));

        Ledger.Merge([newest]);

        Assert.Equal(["inst_1"], MissingOf(1));
        Assert.Empty(MissingOf(2));
    }

    [Fact]
    public void A_cloud_that_always_has_news_does_not_make_the_store_grow()
    {
        const int many = 40;
        ApplyOneAfterAnother(many);

        Assert.InRange(Enumerable.Range(1, many).Count(number => MissingOf(number).Count == 0), Kept, Kept + 4);
    }

    private FetchedDeployment ApplyOneAfterAnother(int count)
    {
        var newest = Deployment("dpl_0");
        for (var number = 1; number <= count; number++)
        {
            var before = newest with { Target = DeploymentTarget.Archived };
            newest = Deployment($"dpl_{number}", $"inst_{number}");
            Keep($"inst_{number}", $"content {number}");
            Ledger.Merge(number == 1 ? [newest] : [newest, before]);
            Assert.True(Ledger.Applied(Placed(Assert.IsType<ApplyDeployment>(NextWork())), Now));
        }

        return newest;
    }

    private IReadOnlyList<string> MissingOf(int number) => Ledger.Missing([Deployment("dpl_new", $"inst_{number}")]);
}
