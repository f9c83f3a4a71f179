using System.Text;
using Akka.Actor;
using Akka.TestKit.Xunit2;
using Miru.Agent.Configs;
using Miru.Agent.Deployments;
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
            [_directory.FullName], UnixFileMode.UserRead | UnixFileMode.UserWrite, TimeSpan.FromSeconds(15), TimeSpan.FromHours(24), 100);
        var files = _files;
        _deployer = Sys.ActorOf(Props.Create(() => new Miru.Agent.Deployments.Deployer(settings, files)));
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _directory.Dispose();
    }

    [Fact]
    public void Writes_every_file_and_names_every_config()
    {
        _deployer.Tell(Work(("Motion Control", "a/motion.json", "{}"), ("Map", "map.bin", "\u0000")));

        var applied = ExpectMsg<DeploymentApplied>(Patience);

        Assert.Equal([("motion-control", "json"), ("map", "bin")], applied.Configs.Select(placed => (placed.Slug, placed.Format)));
        Assert.Equal("{}", File.ReadAllText(_directory.File("a/motion.json")));
        Assert.Equal("\u0000", File.ReadAllText(_directory.File("map.bin")));
    }

    [Fact]
    public void Removes_what_it_wrote_before_and_nobody_needs_now()
    {
        File.WriteAllText(_directory.File("ours.json"), "{}");
        File.WriteAllText(_directory.File("theirs.json"), "{}");

        _deployer.Tell(Work(("Map", "map.json", "{}")) with { OwnedPaths = [_directory.File("ours.json"), _directory.File("map.json")] });

        Assert.Empty(ExpectMsg<DeploymentApplied>(Patience).LeftBehind);
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

    [Theory]
    [InlineData(0, 15)]
    [InlineData(3, 120)]
    public void A_disk_that_refuses_is_tried_again_after_a_doubling_wait_and_the_old_file_stays(int failures, int seconds)
    {
        File.WriteAllText(_directory.File("map.json"), "old");
        _files.FailWrites = () => new IOException("No space left on device");

        _deployer.Tell(Work(("Map", "map.json", "{}")) with { Failures = failures });

        var failed = ExpectMsg<DeploymentFailed>(Patience);
        Assert.Equal((TimeSpan.FromSeconds(seconds), "No space left on device"), (failed.RetryAfter, failed.Reason));
        Assert.Equal("old", File.ReadAllText(_directory.File("map.json")));
    }

    [Fact]
    public void A_command_that_breaks_the_deployer_is_answered_all_the_same()
    {
        _files.FailWrites = () => new InvalidOperationException("a bug");
        _deployer.Tell(Work(("Map", "map.json", "{}")));
        ExpectMsg<DeploymentFailed>(Patience);

        _files.FailWrites = null;
        _deployer.Tell(Work(("Map", "map.json", "{}")));
        ExpectMsg<DeploymentApplied>(Patience);
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
