using System.Text;
using Microsoft.Data.Sqlite;
using Miru.Agent.Configs;
using Miru.Agent.Deployments;
using Miru.Agent.Deployments.Files;
using Miru.Agent.Tests.Doubles;
using Xunit;

namespace Miru.Agent.Tests.Configs;

public sealed class ConfigLedgerTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 5, 3, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryDirectory _directory = new();
    private ConfigLedger _ledger;
    private StoreRecovery? _recovery;

    public ConfigLedgerTests() => _ledger = Open();

    public void Dispose()
    {
        _ledger.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void A_listed_deployment_is_handed_out_for_applying_once_its_contents_are_here()
    {
        var deployment = Deployment("dpl_1", "inst_a", "inst_b");
        Assert.Equal(["inst_a", "inst_b"], _ledger.Missing([deployment]));

        _ledger.Merge([deployment]);
        Keep("inst_a", "{}");
        Assert.Null(NextWork());

        Keep("inst_b", "[]");
        Assert.Empty(_ledger.Missing([deployment]));
        var work = Assert.IsType<ApplyDeployment>(NextWork());
        Assert.Equal(["{}", "[]"], work.Configs.Select(config => Encoding.UTF8.GetString(config.Content.Span)));
    }

    [Fact]
    public void Contents_fetched_for_the_next_deployment_outlive_the_end_of_the_one_before()
    {
        var first = Deployment("dpl_1", "inst_a");
        _ledger.Merge([first]);
        Keep("inst_a", "{}");
        var next = Deployment("dpl_2", "inst_b");
        Keep("inst_b", "[]");

        var work = Assert.IsType<ApplyDeployment>(NextWork());
        _ledger.Applied(Placed(work), Now);

        Assert.Empty(_ledger.Missing([next]));
    }

    [Fact]
    public void What_was_applied_is_current_and_survives_a_restart()
    {
        Apply(Deployment("dpl_1", "inst_a"), "{}");
        var before = _ledger.Snapshot;

        Reopen();

        Assert.Equal(before.Epoch, _ledger.Snapshot.Epoch);
        Assert.Equal(1, _ledger.Snapshot.Sequence);
        var config = _ledger.Snapshot.Configs["inst-a"];
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

        Assert.Equal(["inst-b"], _ledger.Snapshot.Configs.Keys);
        Assert.Equal(
            [("dpl_1", "deployed", "none"), ("dpl_1", "archived", "none"), ("dpl_2", "deployed", "none")],
            Reports().Select(report => (report.DeploymentId, report.Activity.Word(), report.Error.Word())));
    }

    [Fact]
    public void A_refused_deployment_leaves_the_current_one_in_place_and_is_reported_as_failed()
    {
        var old = Deployment("dpl_1", "inst_a");
        Apply(old, "{}");
        _ledger.Merge([old with { Target = DeploymentTarget.Archived }, Deployment("dpl_2", "inst_b")]);
        Keep("inst_b", "not json");

        Assert.IsType<ApplyDeployment>(NextWork());
        _ledger.Refused(new DeploymentRefused(0, "dpl_2", RefusalCodes.Content, "is not valid JSON"));

        Assert.Null(NextWork());
        Assert.Equal(["inst-a"], _ledger.Snapshot.Configs.Keys);
        Assert.Equal(("dpl_2", DeploymentError.Failed), (Reports()[^1].DeploymentId, Reports()[^1].Error));
    }

    [Fact]
    public void A_content_that_can_never_be_had_refuses_its_deployment()
    {
        _ledger.Merge([Deployment("dpl_1", "inst_a")]);
        _ledger.RefuseContent(new RefuseContent("inst_a", RefusalCodes.TooLarge, "is larger than allowed"));

        Assert.Null(NextWork());
        Assert.Equal(DeploymentError.Failed, Assert.Single(Reports()).Error);
        Assert.Empty(_ledger.Missing([Deployment("dpl_1", "inst_a")]));
    }

    [Fact]
    public void A_failed_apply_waits_for_its_retry_and_is_reported_once()
    {
        _ledger.Merge([Deployment("dpl_1", "inst_a")]);
        Keep("inst_a", "{}");
        _ledger.Failed(new DeploymentFailed(0, "dpl_1", "disk full", TimeSpan.FromSeconds(15)), Now);

        var waiting = _ledger.NextWork(Now.AddSeconds(14));
        Assert.Null(waiting.Work);
        Assert.Equal(Now.AddSeconds(15), waiting.RetryAt);
        Assert.Equal(1, Assert.IsType<ApplyDeployment>(_ledger.NextWork(Now.AddSeconds(15)).Work).Failures);

        _ledger.Failed(new DeploymentFailed(0, "dpl_1", "disk full", TimeSpan.FromSeconds(30)), Now);
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
        _ledger.Merge([Deployment("dpl_1", "inst_a")]);
        Keep("inst_a", "{}");
        _ledger.Failed(new DeploymentFailed(0, "dpl_1", "disk full", TimeSpan.FromSeconds(60)), Now);
        var restarted = Now.AddSeconds(clockMovedBy);

        _ledger.Dispose();
        _ledger = Open(restarted);

        if (left > 0)
        {
            Assert.Null(_ledger.NextWork(restarted.AddSeconds(left - 1)).Work);
        }

        Assert.Equal(1, Assert.IsType<ApplyDeployment>(_ledger.NextWork(restarted.AddSeconds(left)).Work).Failures);
    }

    [Fact]
    public void An_apply_that_was_not_decided_is_rolled_back_and_begun_anew()
    {
        Begun("dpl_1");

        Reopen();

        var back = Assert.IsType<RollBackDeployment>(_ledger.Recovery());
        Assert.Equal(["/srv/miru/inst_a.json"], back.Files.Select(file => file.Path));
        _ledger.RolledBack(new DeploymentRolledBack(0, "dpl_1", []));
        Assert.Null(_ledger.Recovery());
        Assert.Equal("dpl_1", Assert.IsType<ApplyDeployment>(NextWork()).DeploymentId);
    }

    [Fact]
    public void An_apply_that_was_decided_is_finished_with_the_bytes_of_the_store()
    {
        _ledger.Commit(Staged(Begun("dpl_1")));

        Reopen();

        var forward = Assert.IsType<SwitchDeployment>(_ledger.Recovery());
        Assert.True(forward.Recovering);
        Assert.Equal([("inst-a", "json", "{}")], forward.Configs.Select(placed => (placed.Slug, placed.Format, Encoding.UTF8.GetString(placed.Config.Content.Span))));
        Assert.True(_ledger.Applied(new DeploymentApplied(0, "dpl_1", forward.Configs, [], []), Now));
        Assert.Null(_ledger.Recovery());
        Assert.Equal(1, _ledger.Snapshot.Sequence);
    }

    [Fact]
    public void A_decided_apply_whose_bytes_are_damaged_is_undone_and_fetched_anew()
    {
        _ledger.Commit(Staged(Begun("dpl_1")));
        _ledger.Dispose();
        Sql("UPDATE contents SET bytes = x'00'");
        _ledger = Open();
        var damage = Assert.Throws<StoreDamageException>(() => _ledger.Recovery());
        _ledger.Dispose();
        _ledger = ConfigLedger.Open(Stores.Settings(_directory.FullName), new VirtualTime(Now), out _recovery, damage);

        Assert.IsType<RollBackDeployment>(_ledger.Recovery());
        _ledger.RolledBack(new DeploymentRolledBack(0, "dpl_1", []));

        Assert.Equal(["inst_a"], _ledger.Missing([Deployment("dpl_1", "inst_a")]));
    }

    [Fact]
    public void A_switch_that_failed_is_tried_again_when_it_is_due_and_nothing_else_is_begun()
    {
        _ledger.Commit(Staged(Begun("dpl_1")));
        _ledger.SwitchFailed(new SwitchFailed(0, "dpl_1", "read-only; 1 of 2 files are new already", TimeSpan.FromSeconds(15)), Now);

        var waiting = _ledger.NextWork(Now.AddSeconds(14));
        Assert.Null(waiting.Work);
        Assert.Equal(Now.AddSeconds(15), waiting.RetryAt);
        Assert.Equal(1, Assert.IsType<SwitchDeployment>(_ledger.NextWork(Now.AddSeconds(15)).Work).Failures);
        Assert.Equal(DeploymentError.Retrying, Assert.Single(Reports()).Error);
        Assert.Equal(0, _ledger.Snapshot.Sequence);
    }

    [Fact]
    public void A_switch_that_keeps_failing_gives_way_to_what_the_cloud_wants_instead()
    {
        var old = Deployment("dpl_0", "inst_o");
        Apply(old, "{}");
        _ledger.Commit(Staged(Begun("dpl_1", old with { Target = DeploymentTarget.Archived })));
        _ledger.SwitchFailed(new SwitchFailed(0, "dpl_1", "read-only", TimeSpan.FromHours(1)), Now);

        _ledger.Merge([old]);
        var back = Assert.IsType<RollBackDeployment>(NextWork());
        _ledger.RolledBack(new DeploymentRolledBack(0, "dpl_1", back.Files));

        var again = Assert.IsType<ApplyDeployment>(NextWork());
        Assert.Equal("dpl_0", again.DeploymentId);
        Assert.Contains("/srv/miru/inst_a.json", again.Owned.Select(file => file.Path));
        Assert.Equal(["inst-o"], _ledger.Snapshot.Configs.Keys);
    }

    [Fact]
    public void A_withdrawal_the_cloud_takes_back_half_way_is_applied_anew()
    {
        var old = Deployment("dpl_1", "inst_a");
        Apply(old, "{}");
        _ledger.Merge([old with { Target = DeploymentTarget.Archived }]);
        Assert.IsType<WithdrawDeployment>(NextWork());

        Reopen();
        Assert.Empty(Assert.IsType<RollBackDeployment>(_ledger.Recovery()).Files);
        _ledger.RolledBack(new DeploymentRolledBack(0, "dpl_1", []));
        _ledger.Merge([old]);

        Assert.Equal("dpl_1", Assert.IsType<ApplyDeployment>(NextWork()).DeploymentId);
        Assert.Equal(["inst-a"], _ledger.Snapshot.Configs.Keys);
    }

    [Fact]
    public void A_deployment_archived_without_a_successor_is_withdrawn()
    {
        var old = Deployment("dpl_1", "inst_a");
        Apply(old, "{}");
        _ledger.Merge([old with { Target = DeploymentTarget.Archived }]);

        var work = Assert.IsType<WithdrawDeployment>(NextWork());
        Assert.Equal(["/srv/miru/inst_a.json"], work.Owned.Select(file => file.Path));
        Assert.True(_ledger.Withdrawn(new DeploymentWithdrawn(0, "dpl_1", [], []), Now));

        Assert.Empty(_ledger.Snapshot.Configs);
        Assert.Equal(2, _ledger.Snapshot.Tombstones["inst-a"]);
    }

    [Fact]
    public void A_list_without_the_current_deployment_takes_nothing_from_the_robot()
    {
        Apply(Deployment("dpl_1", "inst_a"), "{}");

        _ledger.Merge([]);

        Assert.Null(NextWork());
        Assert.Equal(["inst-a"], _ledger.Snapshot.Configs.Keys);
    }

    [Fact]
    public void A_deployment_that_left_the_list_does_not_block_its_successor()
    {
        _ledger.Merge([Deployment("dpl_1", "inst_a")]);
        _ledger.Merge([Deployment("dpl_2", "inst_b")]);
        Keep("inst_b", "{}");

        Assert.Equal("dpl_2", Assert.IsType<ApplyDeployment>(NextWork()).DeploymentId);
    }

    [Fact]
    public void An_outcome_that_is_told_twice_changes_nothing_the_second_time()
    {
        var applied = Apply(Deployment("dpl_1", "inst_a"), "{}");

        Assert.False(_ledger.Applied(applied, Now));
        Assert.Equal(1, _ledger.Snapshot.Sequence);
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

        _ledger.Merge([old!]);

        Assert.Equal(3, Count("contents"));
        Assert.Equal(3, Count("deployments"));
    }

    [Fact]
    public void Damaged_bytes_are_not_served_but_fetched_again_in_a_new_epoch()
    {
        var deployment = Deployment("dpl_1", "inst_a");
        Apply(deployment, "{}");
        var epoch = _ledger.Snapshot.Epoch;
        _ledger.Dispose();
        Sql("UPDATE contents SET bytes = x'00'");

        _ledger = Open();

        Assert.Equal("inst-a", Assert.Single(_recovery!.LostConfigs));
        Assert.Empty(_ledger.Snapshot.Configs);
        Assert.NotEqual(epoch, _ledger.Snapshot.Epoch);
        Assert.Equal(["inst_a"], _ledger.Missing([deployment]));
    }

    private static FetchedDeployment Deployment(string id, params string[] instances) => new(
        id, "v1", DeploymentTarget.Deployed, DeploymentActivity.Queued,
        [.. instances.Select(instance => new FetchedInstance(instance, instance, $"/srv/miru/{instance}.json"))]);

    private DeploymentApplied Apply(FetchedDeployment deployment, string content, params FetchedDeployment[] others)
    {
        _ledger.Merge([deployment, .. others]);
        foreach (var instance in deployment.Instances)
        {
            Keep(instance.Id, content);
        }

        var work = Assert.IsType<ApplyDeployment>(NextWork());
        Assert.Equal(deployment.Id, work.DeploymentId);
        var applied = Placed(work);
        Assert.True(_ledger.Applied(applied, Now));
        return applied;
    }

    private static DeploymentApplied Placed(ApplyDeployment work) =>
        new(0, work.DeploymentId, [.. work.Configs.Select(config => new PlacedConfig(Slugs.Of(config.ConfigTypeName), "json", config))], [], []);

    private ApplyDeployment Begun(string id, params FetchedDeployment[] others)
    {
        _ledger.Merge([Deployment(id, "inst_a"), .. others]);
        Keep("inst_a", "{}");
        return Assert.IsType<ApplyDeployment>(NextWork());
    }

    private static DeploymentStaged Staged(ApplyDeployment work)
    {
        var files = work.Configs.Select(config => new PlannedFile(config.FilePath, config.Digest, Staged: true)).ToList();
        return new DeploymentStaged(0, work.DeploymentId, Placed(work).Configs, new SwitchPlan(files, []), [], work.Failures);
    }

    private void Keep(string instance, string content) => _ledger.KeepContent(new KeepContent(instance, null, Encoding.UTF8.GetBytes(content)));

    private object? NextWork() => _ledger.NextWork(Now).Work;

    private List<StatusReport> Reports()
    {
        // Takes the outbox out, as the reporter does.
        var reports = new List<StatusReport>();
        while (_ledger.Reports.Oldest() is { } report)
        {
            reports.Add(report);
            _ledger.Reports.Remove(report.Id);
        }

        foreach (var report in reports)
        {
            _ledger.Reports.Add(
                new DeploymentRecord(report.DeploymentId, "v1", DeploymentTarget.Deployed, report.Activity, report.Error, null, 0, null, null, null), report.DeployedAt, report.ArchivedAt);
        }

        return reports;
    }

    private ConfigLedger Open() => Open(Now);

    private ConfigLedger Open(DateTimeOffset now) => ConfigLedger.Open(Stores.Settings(_directory.FullName), new VirtualTime(now), out _recovery);

    private void Reopen()
    {
        _ledger.Dispose();
        _ledger = Open();
    }

    private void Sql(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_directory.File("store.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private long Count(string table)
    {
        using var connection = new SqliteConnection($"Data Source={_directory.File("store.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT COUNT(*) FROM {table}";
        return (long)command.ExecuteScalar()!;
    }
}
