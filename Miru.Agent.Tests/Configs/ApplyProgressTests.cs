using System.Text;
using Miru.Agent.Configs;
using Miru.Agent.Deployments;
using Miru.Agent.Deployments.Files;
using Miru.Agent.Tests.Doubles;
using Xunit;

namespace Miru.Agent.Tests.Configs;

/// <summary>What becomes of an apply that does not go through at once.</summary>
public sealed class ApplyProgressTests : LedgerTest
{
    [Fact]
    public void An_apply_that_was_not_decided_is_rolled_back_and_begun_anew()
    {
        Begun("dpl_1");

        Reopen();

        var back = Assert.IsType<RollBackDeployment>(Ledger.Recovery());
        Assert.Equal(["/srv/miru/inst_a.json"], back.Files.Select(file => file.Path));
        Ledger.RolledBack(new DeploymentRolledBack(0, "dpl_1", []));
        Assert.Null(Ledger.Recovery());
        Assert.Equal("dpl_1", Assert.IsType<ApplyDeployment>(NextWork()).DeploymentId);
    }

    [Fact]
    public void An_apply_that_was_decided_is_finished_with_the_bytes_of_the_store()
    {
        Ledger.Commit(Staged(Begun("dpl_1")));

        Reopen();

        var forward = Assert.IsType<SwitchDeployment>(Ledger.Recovery());
        Assert.True(forward.Recovering);
        Assert.Equal([("inst-a", "json", "{}")], forward.Configs.Select(placed => (placed.Slug, placed.Format, Encoding.UTF8.GetString(placed.Config.Content.Span))));
        Assert.True(Ledger.Applied(new DeploymentApplied(0, "dpl_1", forward.Configs, [], []), Now));
        Assert.Null(Ledger.Recovery());
        Assert.Equal(1, Ledger.Snapshot.Sequence);
    }

    [Fact]
    public void A_decided_apply_whose_bytes_are_damaged_is_undone_and_fetched_anew()
    {
        Ledger.Commit(Staged(Begun("dpl_1")));
        Reopen(damage: "UPDATE contents SET bytes = x'00'");
        var found = Assert.Throws<StoreDamageException>(() => Ledger.Recovery());
        Reopen(known: found);

        Assert.IsType<RollBackDeployment>(Ledger.Recovery());
        Ledger.RolledBack(new DeploymentRolledBack(0, "dpl_1", []));

        Assert.Equal(["inst_a"], Ledger.Missing([Deployment("dpl_1", "inst_a")]));
    }

    [Fact]
    public void A_switch_that_failed_is_tried_again_when_it_is_due_and_nothing_else_is_begun()
    {
        Ledger.Commit(Staged(Begun("dpl_1")));
        Ledger.SwitchFailed(new SwitchFailed(0, "dpl_1", "read-only; 1 of 2 files are new already", TimeSpan.FromSeconds(15)), Now);

        var waiting = Ledger.NextWork(Now.AddSeconds(14));
        Assert.Null(waiting.Work);
        Assert.Equal(Now.AddSeconds(15), waiting.RetryAt);
        Assert.Equal(1, Assert.IsType<SwitchDeployment>(Ledger.NextWork(Now.AddSeconds(15)).Work).Failures);
        Assert.Equal(DeploymentError.Retrying, Assert.Single(Reports()).Error);
        Assert.Equal(0, Ledger.Snapshot.Sequence);
    }

    [Fact]
    public void A_switch_that_keeps_failing_gives_way_to_what_the_cloud_wants_instead()
    {
        var old = Deployment("dpl_0", "inst_o");
        Apply(old, "{}");
        Ledger.Commit(Staged(Begun("dpl_1", old with { Target = DeploymentTarget.Archived })));
        Ledger.SwitchFailed(new SwitchFailed(0, "dpl_1", "read-only", TimeSpan.FromHours(1)), Now);

        Ledger.Merge([old]);
        var back = Assert.IsType<RollBackDeployment>(NextWork());
        Ledger.RolledBack(new DeploymentRolledBack(0, "dpl_1", back.Files));

        var again = Assert.IsType<ApplyDeployment>(NextWork());
        Assert.Equal("dpl_0", again.DeploymentId);
        Assert.Contains("/srv/miru/inst_a.json", again.Owned.Select(file => file.Path));
        Assert.Equal(["inst-o"], Ledger.Snapshot.Configs.Keys);
    }

    [Fact]
    public void A_withdrawal_the_cloud_takes_back_half_way_is_applied_anew()
    {
        var old = Deployment("dpl_1", "inst_a");
        Apply(old, "{}");
        Ledger.Merge([old with { Target = DeploymentTarget.Archived }]);
        Assert.IsType<WithdrawDeployment>(NextWork());

        Reopen();
        Assert.Empty(Assert.IsType<RollBackDeployment>(Ledger.Recovery()).Files);
        Ledger.RolledBack(new DeploymentRolledBack(0, "dpl_1", []));
        Ledger.Merge([old]);

        Assert.Equal("dpl_1", Assert.IsType<ApplyDeployment>(NextWork()).DeploymentId);
        Assert.Equal(["inst-a"], Ledger.Snapshot.Configs.Keys);
    }

    private ApplyDeployment Begun(string id, params FetchedDeployment[] others)
    {
        Ledger.Merge([Deployment(id, "inst_a"), .. others]);
        Keep("inst_a", "{}");
        return Assert.IsType<ApplyDeployment>(NextWork());
    }

    private static DeploymentStaged Staged(ApplyDeployment work)
    {
        var files = work.Configs.Select(config => new PlannedFile(config.FilePath, config.Digest, Staged: true)).ToList();
        return new DeploymentStaged(0, work.DeploymentId, Placed(work).Configs, new SwitchPlan(files, []), [], work.Failures);
    }
}
