using System.Text;
using Akka.Actor;
using Akka.TestKit.Xunit2;
using Miru.Agent.Configs;
using Miru.Agent.Deployments;
using Miru.Agent.Deployments.Drift;
using Miru.Agent.Deployments.Files;
using Miru.Agent.Tests.Doubles;
using Xunit;

namespace Miru.Agent.Tests.Deployments;

public sealed class DeployerTests : TestKit
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryDirectory _directory = new();
    private readonly FaultyFileSystem _files = new(new PosixFileSystem());
    private readonly IActorRef _deployer;

    public DeployerTests()
    {
        var settings = new DeploymentSettings(
            new FileRules([_directory.FullName], UnixFileMode.UserRead | UnixFileMode.UserWrite, KeepsModes: true, LargestConfig: 100),
            new RetryBackoff(TimeSpan.FromSeconds(15), TimeSpan.FromHours(24), Jitter: 0, FullDisk: TimeSpan.FromSeconds(30)),
            new DriftSettings(Repairs: true, TimeSpan.FromHours(1), Jitter: 0));
        var files = _files;
        _deployer = Sys.ActorOf(Props.Create(() => new Miru.Agent.Deployments.Deployer(settings, files, 7)));
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _directory.Dispose();
    }

    [Fact]
    public void Writes_every_file_and_names_every_config()
    {
        var applied = Applied(Work(("Motion Control", "a/motion.json", "{}"), ("Map", "map.bin", "\u0000")));

        Assert.Equal([("motion-control", "json"), ("map", "bin")], applied.Configs.Select(placed => (placed.Slug, placed.Format)));
        Assert.Equal("{}", File.ReadAllText(_directory.File("a/motion.json")));
        Assert.Equal("\u0000", File.ReadAllText(_directory.File("map.bin")));
    }

    [Fact]
    public void Removes_what_it_wrote_before_and_nobody_needs_now()
    {
        File.WriteAllText(_directory.File("ours.json"), "{}");
        File.WriteAllText(_directory.File("theirs.json"), "{}");

        var applied = Applied(Work(("Map", "map.json", "{}")) with { Owned = [new OwnedFile(_directory.File("ours.json"), null), new OwnedFile(_directory.File("map.json"), null)] });

        Assert.Empty(applied.LeftBehind);
        Assert.False(File.Exists(_directory.File("ours.json")));
        Assert.True(File.Exists(_directory.File("theirs.json")));
        Assert.True(File.Exists(_directory.File("map.json")));
    }

    [Theory]
    [InlineData("map.json", "{", RefusalCodes.Content)]
    [InlineData("../map.json", "{}", RefusalCodes.Path)]
    public void Refuses_before_it_touches_a_file(string name, string content, string code)
    {
        _deployer.Tell(Work(("Fine", "fine.json", "{}"), ("Map", name, content)));

        Assert.Equal(code, ExpectMsg<DeploymentRefused>(Patience).Code);
        Assert.Empty(Directory.GetFileSystemEntries(_directory.FullName));
    }

    [Fact]
    public void Refuses_a_config_larger_than_the_limit()
    {
        _deployer.Tell(Work(("Map", "map.bin", new string('x', 101))));

        Assert.Equal(RefusalCodes.TooLarge, ExpectMsg<DeploymentRefused>(Patience).Code);
    }

    [Fact]
    public void Refuses_a_config_whose_name_no_frame_can_carry()
    {
        _deployer.Tell(Work((new string('m', 201), "map.json", "{}")));

        Assert.Equal(RefusalCodes.NameTooLong, ExpectMsg<DeploymentRefused>(Patience).Code);
    }

    [Fact]
    public void Refuses_a_deployment_of_nothing()
    {
        _deployer.Tell(Work());

        Assert.Equal(RefusalCodes.Empty, ExpectMsg<DeploymentRefused>(Patience).Code);
    }

    [Fact]
    public void Does_not_write_through_a_symbolic_link()
    {
        Directory.CreateDirectory(_directory.File("real"));
        Directory.CreateSymbolicLink(_directory.File("link"), _directory.File("real"));

        _deployer.Tell(Work(("Map", "link/map.json", "{}")));

        Assert.Equal(RefusalCodes.Path, ExpectMsg<DeploymentRefused>(Patience).Code);
        Assert.Empty(Directory.GetFileSystemEntries(_directory.File("real")));
    }

    [Fact]
    public void Does_not_fight_a_directory_for_its_path_and_leaves_nothing_beside_it()
    {
        Directory.CreateDirectory(_directory.File("map.json"));

        _deployer.Tell(Work(("Map", "map.json", "{}")));

        Assert.Contains("is a directory; move it away", ExpectMsg<DeploymentRefused>(Patience).Reason);
        Assert.Equal([_directory.File("map.json")], Directory.GetFileSystemEntries(_directory.FullName));
    }

    [Fact]
    public void Refuses_a_path_that_runs_through_a_file()
    {
        File.WriteAllText(_directory.File("taken"), "");

        _deployer.Tell(Work(("Map", "taken/map.json", "{}")));

        Assert.Contains("taken' is a file where a directory is needed", ExpectMsg<DeploymentRefused>(Patience).Reason);
    }

    [Fact]
    public void Changes_no_file_before_the_store_has_decided()
    {
        File.WriteAllText(_directory.File("map.json"), "old");

        _deployer.Tell(Work(("Map", "map.json", "{}")));
        var staged = ExpectMsg<DeploymentStaged>(Patience);

        Assert.Equal("old", File.ReadAllText(_directory.File("map.json")));
        _deployer.Tell(new RollBackDeployment("dpl_1", [.. staged.Plan.Files.Select(file => new OwnedFile(file.Path, file.Digest))]));
        Assert.Empty(ExpectMsg<DeploymentRolledBack>(Patience).Standing);
        Assert.Equal([_directory.File("map.json")], Directory.GetFileSystemEntries(_directory.FullName));
    }

    [Fact]
    public void A_switch_that_fails_half_way_says_how_far_it_came_and_is_finished_later()
    {
        _deployer.Tell(Work(("A", "a/a.json", "{}"), ("B", "b/b.json", "{}")));
        var staged = ExpectMsg<DeploymentStaged>(Patience);
        _files.Before = call => Throw(call, "rename", "b.json", () => new FileSystemException("Read-only file system", Errno.ReadOnly));

        _deployer.Tell(new SwitchDeployment("dpl_1", staged.Configs, staged.Plan, Recovering: false, 0));
        var failed = ExpectMsg<SwitchFailed>(Patience);
        Assert.Contains("1 of 2 files are new already", failed.Reason);
        Assert.Equal(TimeSpan.FromSeconds(15), failed.RetryAfter);

        _files.Before = null;
        _deployer.Tell(new SwitchDeployment("dpl_1", staged.Configs, staged.Plan, Recovering: true, 1));
        ExpectMsg<DeploymentApplied>(Patience);
        Assert.Equal("{}", File.ReadAllText(_directory.File("b/b.json")));
    }

    [Theory]
    [InlineData(0, 15)]
    [InlineData(3, 30)]
    public void A_disk_that_refuses_is_tried_again_soon_and_the_old_file_stays(int failures, int seconds)
    {
        File.WriteAllText(_directory.File("map.json"), "old");
        _files.Before = call => Throw(call, "write", "map.json", () => new FileSystemException("No space left on device", Errno.NoSpace));

        _deployer.Tell(Work(("Map", "map.json", "{}")) with { Failures = failures });

        var failed = ExpectMsg<DeploymentFailed>(Patience);
        Assert.Equal((TimeSpan.FromSeconds(seconds), "No space left on device"), (failed.RetryAfter, failed.Reason));
        Assert.Equal("old", File.ReadAllText(_directory.File("map.json")));
    }

    [Fact]
    public void A_command_that_breaks_the_deployer_is_answered_all_the_same()
    {
        _files.Before = call => Throw(call, "write", "map.json", () => new InvalidOperationException("a bug"));
        _deployer.Tell(Work(("Map", "map.json", "{}")));
        ExpectMsg<DeploymentFailed>(Patience);

        _files.Before = null;
        Applied(Work(("Map", "map.json", "{}")));
    }

    [Fact]
    public void A_disk_without_room_is_not_written_to()
    {
        File.WriteAllText(_directory.File("map.json"), "old");
        _files.Before = call => Throw(call, "check room", "", () => new FileSystemException("No space left on device", Errno.NoSpace));

        _deployer.Tell(Work(("Map", "map.json", "{}")));

        ExpectMsg<DeploymentFailed>(Patience);
        Assert.DoesNotContain(_files.Calls, call => call.Operation is "write" or "link");
        Assert.Equal([_directory.File("map.json")], Directory.GetFileSystemEntries(_directory.FullName));
    }

    private static void Throw(FileCall call, string operation, string name, Func<Exception> failure)
    {
        if (call.Operation == operation && call.Path.Contains(name, StringComparison.Ordinal))
        {
            throw failure();
        }
    }

    private DeploymentApplied Applied(ApplyDeployment work)
    {
        _deployer.Tell(work);
        var staged = ExpectMsg<DeploymentStaged>(Patience);
        _deployer.Tell(new SwitchDeployment(staged.DeploymentId, staged.Configs, staged.Plan, Recovering: false, 0));
        return ExpectMsg<DeploymentApplied>(Patience);
    }

    private ApplyDeployment Work(params (string Type, string Name, string Content)[] configs) => new(
        "dpl_1",
        [.. configs.Select(config =>
        {
            var bytes = Encoding.UTF8.GetBytes(config.Content);
            return new DeploymentConfig(config.Type, Path.Combine(_directory.FullName, config.Name), null, ContentDigest.Of(bytes), bytes);
        })],
        [],
        0);
}
