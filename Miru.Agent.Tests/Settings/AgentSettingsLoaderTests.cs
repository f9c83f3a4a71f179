using Miru.Agent.Settings;
using Xunit;

namespace Miru.Agent.Tests.Settings;

public sealed class AgentSettingsLoaderTests : IDisposable
{
    private readonly string _overlay = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => File.Delete(_overlay);

    [Fact]
    public void The_reference_alone_is_valid_and_holds_the_documented_defaults()
    {
        var settings = AgentSettingsLoader.Load(AgentSettingsLoader.ReferenceText(), null, _ => null);

        Assert.Equal("/var/lib/miru", settings.StateDirectory);
        Assert.Equal("/run/miru/miru.sock", settings.Socket.Path);
        Assert.Equal(Convert.ToInt32("660", 8), (int)settings.Socket.Mode);
        Assert.Equal((4 * 1024 * 1024) - (64 * 1024), settings.Store.MaxConfigSize);
        Assert.Equal(["/srv/miru"], settings.Deployments.Files.AllowedRoots);
        Assert.Equal(TimeSpan.FromSeconds(60), settings.Cloud.PollInterval);
        Assert.Equal("https://api.mirurobotics.com/agent/v1", settings.Cloud.Url.AbsoluteUri);
        Assert.Equal("", settings.Cloud.CaFile);
        Assert.Equal("info", settings.Logging.Level);
    }

    [Fact]
    public void An_overlay_changes_what_it_names_and_nothing_else()
    {
        var settings = Load("miru { link.heartbeat-interval = 1s\n cloud { url = \"http://127.0.0.1:8080/agent/v1\" } }");

        Assert.Equal(TimeSpan.FromSeconds(1), settings.Link.HeartbeatInterval);
        Assert.Equal("http://127.0.0.1:8080/agent/v1", settings.Cloud.Url.AbsoluteUri);
        Assert.Equal(TimeSpan.FromSeconds(2), settings.Link.HelloTimeout);
    }

    [Fact]
    public void The_environment_overrides_the_socket_path_only()
    {
        File.WriteAllText(_overlay, "miru.socket.path = \"/tmp/overlay.sock\"");

        var settings = AgentSettingsLoader.Load(
            AgentSettingsLoader.ReferenceText(), _overlay, name => name == "MIRU_AGENT_SOCKET" ? "/tmp/environment.sock" : "/elsewhere");

        Assert.Equal("/tmp/environment.sock", settings.Socket.Path);
        Assert.Equal("/var/lib/miru", settings.StateDirectory);
    }

    [Fact]
    public void Every_problem_is_listed_at_once_with_file_key_and_reason()
    {
        var problems = Problems("""
            miru {
              link { heartbeat-intervall = 5s, hello-timeout = 5, stall-timeout = 1d }
              configs.max-config-size = 4096
              cloud.url = "http://example.org"
            }
            """);

        Assert.All(problems, problem => Assert.Equal(_overlay, problem.File));
        Assert.Equal(
            ["miru.cloud.url", "miru.configs.max-config-size", "miru.link.heartbeat-intervall", "miru.link.hello-timeout", "miru.link.stall-timeout"],
            problems.Select(problem => problem.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_unknown_key_is_answered_with_the_nearest_one()
    {
        var problem = Assert.Single(Problems("miru.cloud.pol-interval = 5s"));

        Assert.Equal("did you mean miru.cloud.poll-interval?", problem.Expected);
    }

    [Theory]
    [InlineData("shutdown-timeout = 3", "'3' is not a duration")]
    [InlineData("shutdown-timeout = 3 parsecs", "'3 parsecs' is not a duration")]
    [InlineData("shutdown-timeout = [1s]", "is a list")]
    [InlineData("shutdown-timeout = 2m", "2m is out of range")]
    [InlineData("link.send-buffer = 32768", "'32768' is not a size")]
    [InlineData("link.send-buffer = 32kb", "'32kb' is not a size")]
    [InlineData("link.send-buffer = 2MiB", "2MiB is out of range")]
    [InlineData("link.max-connections = many", "'many' is not a whole number")]
    [InlineData("link.max-connections = 0", "0 is out of range")]
    [InlineData("cloud.poll-jitter = 0.9", "0.9 is out of range")]
    [InlineData("socket.mode = \"666\"", "'666' is not a file mode")]
    [InlineData("socket.path = \"miru.sock\"", "'miru.sock' is not an absolute path")]
    [InlineData("deployments.allowed-roots = \"/srv\"", "is a single value")]
    [InlineData("deployments.allowed-roots = [\"/\"]", "'/' would let the cloud write any file")]
    [InlineData("deployments.allowed-roots = [\"/srv/../etc\"]", "'/srv/../etc' is not an absolute path")]
    [InlineData("log.level = loud", "'loud' is none of the choices")]
    [InlineData("cloud.backoff { min = 1m, max = 1s }", "is longer than cloud.backoff.max")]
    [InlineData("cloud.url = \"ftp://example.org\"", "'ftp://example.org' is not the address of a web API")]
    [InlineData("cloud.url = \"https://user:secret@example.org\"", "'https://user:secret@example.org' is not the address of a web API")]
    public void A_wrong_value_says_what_is_wrong_with_it(string setting, string reason)
    {
        var problem = Assert.Single(Problems($"miru {{ {setting} }}"));

        Assert.Equal(reason, problem.Reason);
        Assert.NotEqual("", problem.Expected);
    }

    [Fact]
    public void A_socket_path_longer_than_the_kernel_takes_is_refused()
    {
        var problem = Assert.Single(Problems($"miru.socket.path = \"/{new string('s', 107)}\""));

        Assert.Equal("miru.socket.path", problem.Key);
        Assert.Empty(TryProblems($"miru.socket.path = \"/{new string('s', 106)}\""));
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_named()
    {
        var refused = Assert.Throws<SettingsException>(() => AgentSettingsLoader.Load(AgentSettingsLoader.ReferenceText(), _overlay, _ => null));

        Assert.Equal(_overlay, Assert.Single(refused.Problems).File);
    }

    [Fact]
    public void A_syntax_error_names_the_file()
    {
        Assert.Equal(_overlay, Assert.Single(Problems("miru { log ")).File);
    }

    private AgentSettings Load(string overlay)
    {
        File.WriteAllText(_overlay, overlay);
        return AgentSettingsLoader.Load(AgentSettingsLoader.ReferenceText(), _overlay, _ => null);
    }

    private IReadOnlyList<SettingsProblem> Problems(string overlay) => Assert.Throws<SettingsException>(() => Load(overlay)).Problems;

    private IReadOnlyList<SettingsProblem> TryProblems(string overlay)
    {
        try
        {
            Load(overlay);
            return [];
        }
        catch (SettingsException refused)
        {
            return refused.Problems;
        }
    }
}
