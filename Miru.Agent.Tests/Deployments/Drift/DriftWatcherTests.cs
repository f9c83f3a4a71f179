using Akka.Actor;
using Akka.TestKit;
using Miru.Agent.Configs;
using Miru.Agent.Deployments;
using Miru.Agent.Deployments.Drift;
using Miru.Agent.Deployments.Files;
using Miru.Agent.Health;
using Miru.Agent.Tests.Doubles;
using Xunit;

namespace Miru.Agent.Tests.Deployments.Drift;

/// <summary>The watcher in virtual time over real files; this test is the store.</summary>
public sealed class DriftWatcherTests : VirtualTimeKit
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private readonly TemporaryDirectory _directory = new();
    private readonly FakeWatch _watch = new();
    private readonly TestProbe _status;
    private IActorRef _watcher = ActorRefs.Nobody;

    public DriftWatcherTests() => _status = CreateTestProbe();

    private string Map => _directory.File("hall.json");

    protected override void AfterAll()
    {
        base.AfterAll();
        _directory.Dispose();
    }

    [Fact]
    public void Nothing_is_looked_at_while_the_agent_starts()
    {
        Start(repairs: true);
        File.WriteAllText(Map, "by hand");

        Pass(DriftWatcher.BeginAfter - TimeSpan.FromMilliseconds(1));
        ExpectNoMsg(TimeSpan.Zero);
        Assert.Empty(_watch.Directories);

        Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(Map, Assert.Single(ExpectMsg<CheckSuspects>(Patience).Files).Path);
        Assert.Equal([_directory.FullName], _watch.Directories);
    }

    [Fact]
    public void What_the_kernel_hints_at_is_checked_at_once_and_what_became_of_it_is_in_the_status()
    {
        Begin(repairs: false);
        Touch("by hand");

        Pass(TimeSpan.FromSeconds(1));
        var suspect = Assert.Single(ExpectMsg<CheckSuspects>(Patience).Files);
        Assert.True(suspect is { MayRepair: false, IsNews: true, Look.Drift: DriftKind.Changed });
        Answer(suspect);

        Assert.Equal("changed", Assert.Single(_status.ExpectMsg<DriftReported>(Patience).Files).Kind);
        Touch("deployed");
        Pass(TimeSpan.FromSeconds(1));
        Assert.Equal([Map], ExpectMsg<FilesHealed>(Patience).Paths);
        Assert.Empty(_status.ExpectMsg<DriftReported>(Patience).Files);
    }

    [Fact]
    public void Without_a_hint_the_schedule_finds_it()
    {
        Begin(repairs: true);
        File.WriteAllText(Map, "by hand");

        Pass(TimeSpan.FromMinutes(59));
        ExpectNoMsg(TimeSpan.Zero);

        Pass(TimeSpan.FromMinutes(2));
        Assert.True(Assert.Single(ExpectMsg<CheckSuspects>(Patience).Files).MayRepair);
    }

    [Fact]
    public void When_the_kernel_dropped_hints_everything_is_looked_at()
    {
        Begin(repairs: true);
        File.Delete(Map);

        _watch.Stir(new WatchedChanges([], Overflowed: true));
        Pass(TimeSpan.FromSeconds(1));

        Assert.Equal(DriftKind.Missing, Assert.Single(ExpectMsg<CheckSuspects>(Patience).Files).Look.Drift);
    }

    [Fact]
    public void While_an_apply_is_under_way_the_suspicion_waits_and_a_new_snapshot_settles_it()
    {
        Begin(repairs: true);
        Touch("the next deployment");
        Pass(TimeSpan.FromSeconds(1));
        ExpectMsg<CheckSuspects>(Patience);
        _watcher.Tell(new RestoreDeferred());

        Pass(TimeSpan.FromSeconds(1));
        ExpectMsg<CheckSuspects>(Patience);
        Expect("the next deployment");
        _watcher.Tell(new RestoreDeferred());

        Pass(TimeSpan.FromMinutes(1));
        ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void The_agents_own_writes_are_no_drift()
    {
        Begin(repairs: true);

        // An apply: its files come first, its snapshot soon after, and the kernel tells of the files.
        Touch("the next deployment");
        Pass(TimeSpan.FromMilliseconds(400));
        Expect("the next deployment");

        Pass(TimeSpan.FromMinutes(1));
        ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void Only_one_suspicion_is_out_at_a_time()
    {
        Begin(repairs: true);
        Touch("by hand");
        Pass(TimeSpan.FromSeconds(1));
        ExpectMsg<CheckSuspects>(Patience);

        Touch("by hand again");
        Pass(TimeSpan.FromMinutes(5));

        ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void A_repair_that_fails_is_asked_for_again_when_its_wait_is_over()
    {
        Begin(repairs: true);
        Touch("by hand");
        Pass(TimeSpan.FromSeconds(1));
        Answer(ExpectMsg<CheckSuspects>(Patience).Files[0], failure: new FileSystemException("read-only", Errno.ReadOnly));

        Pass(TimeSpan.FromSeconds(14));
        ExpectNoMsg(TimeSpan.Zero);
        Pass(TimeSpan.FromSeconds(2));

        Assert.False(Assert.Single(ExpectMsg<CheckSuspects>(Patience).Files).IsNews);
    }

    [Fact]
    public void Without_inotify_the_schedule_does_it_alone()
    {
        _watch.Refuses = true;
        Begin(repairs: true);
        File.WriteAllText(Map, "by hand");

        Pass(Interval + TimeSpan.FromMinutes(1));

        ExpectMsg<CheckSuspects>(Patience);
    }

    [Fact]
    public void Files_that_are_no_longer_below_an_allowed_root_are_not_looked_at()
    {
        Start(repairs: true);
        _watcher.Tell(new WatchFiles([new OwnedFile("/elsewhere/hall.json", "sha256:x"), new OwnedFile(Map, null)]));

        Pass(TimeSpan.FromMinutes(1));

        ExpectNoMsg(TimeSpan.Zero);
    }

    private void Begin(bool repairs)
    {
        Start(repairs);
        Pass(DriftWatcher.BeginAfter + TimeSpan.FromSeconds(1));
        ExpectNoMsg(TimeSpan.Zero);
    }

    private void Start(bool repairs)
    {
        var settings = new DeploymentSettings(
            new FileRules([_directory.FullName], UnixFileMode.UserRead, KeepsModes: true, LargestConfig: 1024),
            new RetryBackoff(TimeSpan.FromSeconds(15), TimeSpan.FromHours(24), Jitter: 0, FullDisk: TimeSpan.FromSeconds(30)),
            new DriftSettings(repairs, Interval, Jitter: 0));
        IFileSystem files = new PosixFileSystem();
        Func<Action, IFileWatch> open = _watch.Open;
        TimeProvider time = Time;
        var status = _status.Ref;
        _watcher = ChildActorOf(Props.Create(() => new DriftWatcher(settings, files, open, status, time, 1)));
        File.WriteAllText(Map, "deployed");
        Expect("deployed");
    }

    private void Expect(string content) => _watcher.Tell(new WatchFiles([new OwnedFile(Map, ContentDigest.Of(System.Text.Encoding.UTF8.GetBytes(content)))]));

    private void Touch(string content)
    {
        File.WriteAllText(Map, content);
        _watch.Stir(new WatchedChanges([Map], Overflowed: false));
    }

    private void Answer(SuspectFile suspect, Exception? failure = null) =>
        _watcher.Tell(new FilesRestored(0, "dpl_1", [new FileFinding(suspect, suspect.Look, Repaired: false, failure)], []));

    /// <summary>Lets time pass in steps, each of which the watcher has dealt with before the next begins.</summary>
    private void Pass(TimeSpan time)
    {
        var step = TimeSpan.FromMilliseconds(time > TimeSpan.FromMinutes(2) ? 10_000 : 50);
        for (var left = time; left > TimeSpan.Zero; left -= step)
        {
            Settled();
            Advance(left < step ? left : step);
        }

        Settled();
    }

    private void Settled()
    {
        var probe = CreateTestProbe();
        _watcher.Tell(new Identify(null), probe);
        probe.ExpectMsg<ActorIdentity>(Patience);
    }

    private sealed class FakeWatch : IFileWatch
    {
        private Action _stirred = () => { };
        private WatchedChanges _changes = new([], Overflowed: false);

        public bool Refuses { get; set; }

        public IReadOnlyList<string> Directories { get; private set; } = [];

        public IFileWatch Open(Action stirred)
        {
            _stirred = stirred;
            return Refuses ? throw new IOException("too many") : this;
        }

        public void Stir(WatchedChanges changes)
        {
            _changes = changes;
            _stirred();
        }

        public int Watch(IReadOnlyList<string> directories)
        {
            Directories = directories;
            return 0;
        }

        public WatchedChanges Drain() => _changes;

        public void Dispose()
        {
        }
    }
}
