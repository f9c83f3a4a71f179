using System.Text;
using Miru.Agent.Configs;
using Miru.Agent.Deployments;
using Miru.Agent.Tests.Doubles;
using Xunit;

namespace Miru.Agent.Tests.Configs;

public sealed class ConfigLedgerTests : LedgerTest
{
    [Fact]
    public void A_listed_deployment_is_handed_out_for_applying_once_its_contents_are_here()
    {
        var deployment = Deployment("dpl_1", "inst_a", "inst_b");
        Assert.Equal(["inst_a", "inst_b"], Ledger.Missing([deployment]));

        Ledger.Merge([deployment]);
        Keep("inst_a", "{}");
        Assert.Null(NextWork());

        Keep("inst_b", "[]");
        Assert.Empty(Ledger.Missing([deployment]));
        var work = Assert.IsType<ApplyDeployment>(NextWork());
        Assert.Equal(["{}", "[]"], work.Configs.Select(config => Encoding.UTF8.GetString(config.Content.Span)));
    }

    [Fact]
    public void Contents_fetched_for_the_next_deployment_outlive_the_end_of_the_one_before()
    {
        var first = Deployment("dpl_1", "inst_a");
        Ledger.Merge([first]);
        Keep("inst_a", "{}");
        var next = Deployment("dpl_2", "inst_b");
        Keep("inst_b", "[]");

        var work = Assert.IsType<ApplyDeployment>(NextWork());
        Ledger.Applied(Placed(work), Now);

        Assert.Empty(Ledger.Missing([next]));
    }

    [Fact]
    public void What_was_applied_is_current_and_survives_a_restart()
    {
        Apply(Deployment("dpl_1", "inst_a"), "{}");
        var before = Ledger.Snapshot;

        Reopen();

        Assert.Equal(before.Epoch, Ledger.Snapshot.Epoch);
        Assert.Equal(1, Ledger.Snapshot.Sequence);
        var config = Ledger.Snapshot.Configs["inst-a"];
        Assert.Equal("{}", Encoding.UTF8.GetString(config.Content.Span));
        Assert.Equal(("dpl_1", "v1", "json", 1L), (config.DeploymentId, config.Release, config.Format, config.Sequence));
        Assert.Null(NextWork());
    }

    [Fact]
    public void A_successor_archives_what_it_replaces_and_both_are_reported_in_order()
    {
        var old = Deployment("dpl_1", "inst_a");
        Apply(old, "{}");

        Apply(Deployment("dpl_2", "inst_b"), "[]", old with { Target = DeploymentTarget.Archived });

        Assert.Equal(["inst-b"], Ledger.Snapshot.Configs.Keys);
        Assert.Equal(
            [("dpl_1", "deployed", "none"), ("dpl_1", "archived", "none"), ("dpl_2", "deployed", "none")],
            Reports().Select(report => (report.DeploymentId, report.Activity.Word(), report.Error.Word())));
    }

    [Fact]
    public void A_refused_deployment_leaves_the_current_one_in_place_and_is_reported_as_failed()
    {
        var old = Deployment("dpl_1", "inst_a");
        Apply(old, "{}");
        Ledger.Merge([old with { Target = DeploymentTarget.Archived }, Deployment("dpl_2", "inst_b")]);
        Keep("inst_b", "not json");

        Assert.IsType<ApplyDeployment>(NextWork());
        Ledger.Refused(new DeploymentRefused(0, "dpl_2", RefusalCodes.Content, "is not valid JSON"));

        Assert.Null(NextWork());
        Assert.Equal(["inst-a"], Ledger.Snapshot.Configs.Keys);
        Assert.Equal(("dpl_2", DeploymentError.Failed), (Reports()[^1].DeploymentId, Reports()[^1].Error));
    }

    [Fact]
    public void A_content_that_can_never_be_had_refuses_its_deployment()
    {
        Ledger.Merge([Deployment("dpl_1", "inst_a")]);
        Ledger.RefuseContent(new RefuseContent("inst_a", RefusalCodes.TooLarge, "is larger than allowed"));

        Assert.Null(NextWork());
        Assert.Equal(DeploymentError.Failed, Assert.Single(Reports()).Error);
        Assert.Empty(Ledger.Missing([Deployment("dpl_1", "inst_a")]));
    }

    [Fact]
    public void A_failed_apply_waits_for_its_retry_and_is_reported_once()
    {
        Ledger.Merge([Deployment("dpl_1", "inst_a")]);
        Keep("inst_a", "{}");
        Ledger.Failed(new DeploymentFailed(0, "dpl_1", "disk full", TimeSpan.FromSeconds(15)), Now);

        var waiting = Ledger.NextWork(Now.AddSeconds(14));
        Assert.Null(waiting.Work);
        Assert.Equal(Now.AddSeconds(15), waiting.RetryAt);
        Assert.Equal(1, Assert.IsType<ApplyDeployment>(Ledger.NextWork(Now.AddSeconds(15)).Work).Failures);

        Ledger.Failed(new DeploymentFailed(0, "dpl_1", "disk full", TimeSpan.FromSeconds(30)), Now);
        Assert.Equal(DeploymentError.Retrying, Assert.Single(Reports()).Error);
    }

    [Theory]
    [InlineData(-1, 60)] // Restarted a minute before the clock says it failed: the whole wait is left.
    [InlineData(-999_999, 60)]
    [InlineData(10, 50)]
    [InlineData(59, 1)]
    [InlineData(999_999, 0)]
    public void A_restart_forgets_neither_the_failures_nor_the_wait_and_no_clock_makes_it_longer(int clockMovedBy, int left)
    {
        Ledger.Merge([Deployment("dpl_1", "inst_a")]);
        Keep("inst_a", "{}");
        Ledger.Failed(new DeploymentFailed(0, "dpl_1", "disk full", TimeSpan.FromSeconds(60)), Now);
        var restarted = Now.AddSeconds(clockMovedBy);

        Reopen(restarted);

        if (left > 0)
        {
            Assert.Null(Ledger.NextWork(restarted.AddSeconds(left - 1)).Work);
        }

        Assert.Equal(1, Assert.IsType<ApplyDeployment>(Ledger.NextWork(restarted.AddSeconds(left)).Work).Failures);
    }

    [Fact]
    public void A_deployment_archived_without_a_successor_is_withdrawn()
    {
        var old = Deployment("dpl_1", "inst_a");
        Apply(old, "{}");
        Ledger.Merge([old with { Target = DeploymentTarget.Archived }]);

        var work = Assert.IsType<WithdrawDeployment>(NextWork());
        Assert.Equal(["/srv/miru/inst_a.json"], work.Owned.Select(file => file.Path));
        Assert.True(Ledger.Withdrawn(new DeploymentWithdrawn(0, "dpl_1", [], []), Now));

        Assert.Empty(Ledger.Snapshot.Configs);
        Assert.Equal(2, Ledger.Snapshot.Tombstones["inst-a"]);
    }

    [Fact]
    public void A_list_without_the_current_deployment_takes_nothing_from_the_robot()
    {
        Apply(Deployment("dpl_1", "inst_a"), "{}");

        Ledger.Merge([]);

        Assert.Null(NextWork());
        Assert.Equal(["inst-a"], Ledger.Snapshot.Configs.Keys);
    }

    [Fact]
    public void A_deployment_that_left_the_list_does_not_block_its_successor()
    {
        Ledger.Merge([Deployment("dpl_1", "inst_a")]);
        Ledger.Merge([Deployment("dpl_2", "inst_b")]);
        Keep("inst_b", "{}");

        Assert.Equal("dpl_2", Assert.IsType<ApplyDeployment>(NextWork()).DeploymentId);
    }

    [Fact]
    public void An_outcome_that_is_told_twice_changes_nothing_the_second_time()
    {
        var applied = Apply(Deployment("dpl_1", "inst_a"), "{}");

        Assert.False(Ledger.Applied(applied, Now));
        Assert.Equal(1, Ledger.Snapshot.Sequence);
        Assert.Single(Reports());
    }

    [Fact]
    public void Only_the_generations_to_keep_and_what_they_need_stay_on_disk()
    {
        FetchedDeployment? old = null;
        for (var i = 1; i <= 5; i++)
        {
            var next = Deployment($"dpl_{i}", $"inst_{i}");
            Apply(next, $"{{\"n\":{i}}}", old is null ? [] : [old with { Target = DeploymentTarget.Archived }]);
            old = next;
        }

        Ledger.Merge([old!]);

        Assert.Equal(3, Count("contents"));
        Assert.Equal(3, Count("deployments"));
    }

    [Fact]
    public void Damaged_bytes_are_not_served_but_fetched_again_in_a_new_epoch()
    {
        var deployment = Deployment("dpl_1", "inst_a");
        Apply(deployment, "{}");
        var epoch = Ledger.Snapshot.Epoch;

        Reopen(damage: "UPDATE contents SET bytes = x'00'");

        Assert.Equal("inst-a", Assert.Single(Recovery!.LostConfigs));
        Assert.Empty(Ledger.Snapshot.Configs);
        Assert.NotEqual(epoch, Ledger.Snapshot.Epoch);
        Assert.Equal(["inst_a"], Ledger.Missing([deployment]));
    }

    private long Count(string table) => (long)Stores.Sql(StateDirectory, $"SELECT COUNT(*) FROM {table}")!;
}
