using System.Text;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Miru.Agent.Configs;
using Miru.Agent.Deployments;
using Miru.Agent.Deployments.Drift;
using Miru.Agent.Deployments.Files;
using Miru.Agent.Health;
using Miru.Agent.Notifications;
using Miru.Agent.Tests.Doubles;
using Xunit;

namespace Miru.Agent.Tests.Configs;

public sealed class ConfigStoreTests : TestKit
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryDirectory _directory = new();
    private readonly TestProbe _deployer;
    private readonly TestProbe _notifier;
    private readonly TestProbe _reporter;
    private readonly TestProbe _status;

    public ConfigStoreTests()
    {
        _deployer = CreateTestProbe();
        _notifier = CreateTestProbe();
        _reporter = CreateTestProbe();
        _status = CreateTestProbe();
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _directory.Dispose();
    }

    [Fact]
    public void Opens_with_what_is_on_disk_and_says_so_to_its_parent_and_the_notifier()
    {
        Start();

        Assert.Equal(0, ExpectMsg<StoreOpened>(Patience).Snapshot.Sequence);
        Assert.Equal(0, _notifier.ExpectMsg<SnapshotAdvanced>(Patience).Snapshot.Sequence);
    }

    [Fact]
    public void Announces_a_snapshot_only_after_its_deployment_is_in_place()
    {
        var store = Opened();

        var work = Fetch(store, "dpl_1");
        _notifier.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        _deployer.Reply(Applied(work));

        Assert.Equal(["inst-1"], _notifier.ExpectMsg<SnapshotAdvanced>(Patience).Snapshot.Configs.Keys);
    }

    [Fact]
    public void Hands_out_one_command_at_a_time_and_the_newest_wish_after_it()
    {
        var store = Opened();
        var first = Fetch(store, "dpl_1");

        store.Tell(new KeepDeployments([Deployment("dpl_1", DeploymentTarget.Archived), Deployment("dpl_2")]), TestActor);
        ExpectMsg<DeploymentsKept>(Patience);
        _deployer.ExpectNoMsg(TimeSpan.FromMilliseconds(50));

        _deployer.Send(store, Applied(first));
        Assert.Equal("dpl_2", _deployer.ExpectMsg<ApplyDeployment>(Patience).DeploymentId);
    }

    [Fact]
    public void Tells_the_reporter_whenever_there_is_something_to_report()
    {
        var store = Opened();
        store.Tell(new SubscribeReports(), _reporter);

        _deployer.Reply(Applied(Fetch(store, "dpl_1")));

        _reporter.ExpectMsg<ReportsQueued>(Patience);
        _reporter.Send(store, new GetNextReport());
        var report = _reporter.ExpectMsg<NextReport>(Patience).Report!;
        Assert.Equal(("dpl_1", DeploymentActivity.Deployed), (report.DeploymentId, report.Activity));

        _reporter.Send(store, new ForgetReport(report.Id));
        _reporter.Send(store, new GetNextReport());
        Assert.Null(_reporter.FishForMessage<NextReport>(_ => true, Patience).Report);
    }

    [Fact]
    public void A_deployment_that_was_under_way_when_the_agent_died_is_rolled_back_before_anybody_is_served_and_applied_anew()
    {
        var store = Opened();
        Fetch(store, "dpl_1");

        Restart(store);

        var back = _deployer.ExpectMsg<RollBackDeployment>(Patience);
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        _deployer.Reply(new DeploymentRolledBack(back.Ticket, back.DeploymentId, []));
        ExpectMsg<StoreOpened>(Patience);
        Assert.Equal("dpl_1", _deployer.ExpectMsg<ApplyDeployment>(Patience).DeploymentId);
    }

    [Fact]
    public void A_decided_deployment_is_finished_before_anybody_is_served()
    {
        var store = Opened();
        _deployer.Reply(Staged(Fetch(store, "dpl_1")));
        _deployer.ExpectMsg<SwitchDeployment>(Patience);

        Restart(store);

        var forward = _deployer.ExpectMsg<SwitchDeployment>(Patience);
        Assert.True(forward.Recovering);
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        _deployer.Reply(new DeploymentApplied(forward.Ticket, forward.DeploymentId, forward.Configs, [], []));
        Assert.Equal(1, ExpectMsg<StoreOpened>(Patience).Snapshot.Sequence);
    }

    [Fact]
    public void A_decided_deployment_that_cannot_be_finished_now_does_not_keep_the_old_configs_from_being_served()
    {
        var store = Opened();
        _deployer.Reply(Staged(Fetch(store, "dpl_1")));
        _deployer.ExpectMsg<SwitchDeployment>(Patience);

        Restart(store);

        var forward = _deployer.ExpectMsg<SwitchDeployment>(Patience);
        _deployer.Reply(new SwitchFailed(forward.Ticket, forward.DeploymentId, "read-only", TimeSpan.FromMinutes(1)));
        Assert.Equal(0, ExpectMsg<StoreOpened>(Patience).Snapshot.Sequence);
    }

    [Fact]
    public void The_outcome_of_an_earlier_command_is_not_mistaken_for_that_of_the_present_one()
    {
        var store = Opened();
        var work = Fetch(store, "dpl_1");
        store = Restart(store);
        var back = _deployer.ExpectMsg<RollBackDeployment>(Patience);

        _deployer.Send(store, Staged(work));
        _deployer.ExpectNoMsg(TimeSpan.FromMilliseconds(50));

        _deployer.Send(store, new DeploymentRolledBack(back.Ticket, back.DeploymentId, []));
        Assert.Equal("dpl_1", _deployer.ExpectMsg<ApplyDeployment>(Patience).DeploymentId);
    }

    [Fact]
    public void Asks_only_for_contents_it_does_not_have()
    {
        var store = Opened();
        store.Tell(new FindMissingContents([Deployment("dpl_1")]), TestActor);
        Assert.Equal(["inst_1"], ExpectMsg<MissingContents>(Patience).InstanceIds);

        Keep(store);
        store.Tell(new FindMissingContents([Deployment("dpl_1")]), TestActor);
        Assert.Empty(ExpectMsg<MissingContents>(Patience).InstanceIds);
    }

    [Fact]
    public void Reports_what_is_current_and_why_a_deployment_is_not()
    {
        var store = Opened();
        var work = Fetch(store, "dpl_1");
        _deployer.Reply(new DeploymentRefused(work.Ticket, work.DeploymentId, RefusalCodes.Path, "/etc/passwd is outside the allowed roots"));

        var reported = (StoreReported)_status.FishForMessage(
            message => message is StoreReported { Deployments: [{ Error: DeploymentError.Failed }] }, Patience);
        Assert.Equal("path_not_allowed: /etc/passwd is outside the allowed roots", reported.Deployments[0].Reason);
        Assert.Equal((0L, 0), (reported.Sequence, reported.Configs));
    }

    [Fact]
    public void A_suspicion_of_drift_is_checked_by_the_deployer_and_what_it_finds_is_in_the_event_log()
    {
        var store = Opened();
        _deployer.Reply(Applied(Fetch(store, "dpl_1")));
        _notifier.ExpectMsg<SnapshotAdvanced>(Patience);
        var suspect = Suspect("/srv/miru/inst_1.json");

        store.Tell(new CheckSuspects([suspect, Suspect("/srv/miru/gone-since.json")]), TestActor);

        var check = _deployer.ExpectMsg<RestoreFiles>(Patience);
        var (asked, wanted) = Assert.Single(check.Files);
        Assert.Equal((suspect, "{}"), (asked, Encoding.UTF8.GetString(wanted.Content.Span)));
        var notice = new FileNotice(FileNoticeCodes.ChangeKept, suspect.Path, "kept");
        _deployer.Reply(new FilesRestored(check.Ticket, check.DeploymentId, [new FileFinding(suspect, suspect.Look, Repaired: true, null)], [notice]));
        store.Tell(new FilesHealed([suspect.Path]), TestActor);

        Assert.Equal(
            [
                (StoreEventKind.Drifted, "changed: /srv/miru/inst_1.json"), (StoreEventKind.Repaired, "/srv/miru/inst_1.json"),
                (StoreEventKind.FileNotice, "change_kept: /srv/miru/inst_1.json"), (StoreEventKind.Repaired, "/srv/miru/inst_1.json, by somebody else"),
            ],
            Events(store, StoreEventKind.Drifted, StoreEventKind.Repaired, StoreEventKind.FileNotice));
    }

    [Fact]
    public void While_an_apply_is_under_way_or_decided_nothing_is_taken_for_drift()
    {
        var store = Opened();
        var work = Fetch(store, "dpl_1");
        store.Tell(new CheckSuspects([Suspect("/srv/miru/inst_1.json")]), TestActor);
        ExpectMsg<RestoreDeferred>(Patience);

        _deployer.Send(store, Staged(work));
        var decided = _deployer.ExpectMsg<SwitchDeployment>(Patience);
        _deployer.Reply(new SwitchFailed(decided.Ticket, decided.DeploymentId, "read-only", TimeSpan.FromMinutes(1)));
        store.Tell(new CheckSuspects([Suspect("/srv/miru/inst_1.json")]), TestActor);

        ExpectMsg<RestoreDeferred>(Patience);
    }

    [Fact]
    public void What_the_agent_kept_of_somebody_elses_file_is_in_the_event_log()
    {
        var store = Opened();
        var applied = Applied(Fetch(store, "dpl_1"));
        _deployer.Reply(applied with { Notices = [new FileNotice(FileNoticeCodes.OriginalKept, "/srv/miru/inst_1.json", "kept")] });

        Assert.Equal([(StoreEventKind.FileNotice, "original_kept: /srv/miru/inst_1.json")], Events(store, StoreEventKind.FileNotice));
    }

    private static SuspectFile Suspect(string path) =>
        new(path, new FileLook(DriftKind.Changed, "sha256:x", "changed", []), MayRepair: true, IsNews: true);

    private IEnumerable<(StoreEventKind, string?)> Events(IActorRef store, params StoreEventKind[] kinds)
    {
        // What the store was told before is on the disk when it answers.
        store.Tell(new GetNextReport(), TestActor);
        ExpectMsg<NextReport>(Patience);
        return StoreReader.Events(Stores.Settings(_directory.FullName), new EventQuery(100, 0, kinds)).Select(happened => (happened.Kind, happened.Detail));
    }

    private static FetchedDeployment Deployment(string id, DeploymentTarget target = DeploymentTarget.Deployed) =>
        new(id, "v1", target, DeploymentActivity.Queued, [new FetchedInstance("inst_1", "inst_1", "/srv/miru/inst_1.json")]);

    private static DeploymentApplied Applied(ApplyDeployment work) =>
        new(work.Ticket, work.DeploymentId, [.. work.Configs.Select(config => new PlacedConfig(Slugs.Of(config.ConfigTypeName), "json", config))], [], []);

    private static DeploymentStaged Staged(ApplyDeployment work)
    {
        var files = work.Configs.Select(config => new PlannedFile(config.FilePath, config.Digest, Staged: true)).ToList();
        return new DeploymentStaged(work.Ticket, work.DeploymentId, Applied(work).Configs, new SwitchPlan(files, []), [], work.Failures);
    }

    private IActorRef Restart(IActorRef store)
    {
        Watch(store);
        Sys.Stop(store);
        ExpectTerminated(store, Patience);
        return Start();
    }

    [Fact]
    public void A_retry_that_falls_due_while_it_is_planned_is_done_at_once()
    {
        var store = Start(new StridingTime(TimeSpan.FromSeconds(10)));
        ExpectMsg<StoreOpened>(Patience);
        var work = Fetch(store, "dpl_1");

        _deployer.Reply(new DeploymentFailed(work.Ticket, work.DeploymentId, "disk full", TimeSpan.FromSeconds(15)));

        Assert.Equal(1, _deployer.ExpectMsg<ApplyDeployment>(Patience).Failures);
    }

    private IActorRef Start(TimeProvider? clock = null, Props? watcher = null)
    {
        var time = clock ?? TimeProvider.System;
        var settings = Stores.Settings(_directory.FullName);
        var (deployer, notifier, status) = (_deployer.Ref, _notifier.Ref, _status.Ref);
        return ChildActorOf(Props.Create(() => new ConfigStore(settings, deployer, notifier, status, time, watcher)));
    }

    private IActorRef Opened()
    {
        var store = Start();
        ExpectMsg<StoreOpened>(Patience);
        _notifier.ExpectMsg<SnapshotAdvanced>(Patience);
        return store;
    }

    private ApplyDeployment Fetch(IActorRef store, string id)
    {
        Keep(store);
        store.Tell(new KeepDeployments([Deployment(id)]), TestActor);
        ExpectMsg<DeploymentsKept>(Patience);
        return _deployer.ExpectMsg<ApplyDeployment>(Patience);
    }

    private void Keep(IActorRef store)
    {
        store.Tell(new KeepContent("inst_1", "application/json", Encoding.UTF8.GetBytes("{}")), TestActor);
        ExpectMsg<ContentKept>(Patience);
    }

    /// <summary>A clock on which every look takes as long: whatever can happen between two looks does.</summary>
    private sealed class StridingTime(TimeSpan stride) : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now += stride.Ticks;
    }
}
