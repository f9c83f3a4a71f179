using Miru.Agent.Cloud.Api;
using Miru.Agent.Cloud.Identity;
using Miru.Agent.Hosting;
using Miru.Agent.Tests.Doubles;
using Xunit;

namespace Miru.Agent.Tests.Hosting;

public sealed class AgentCommandLineTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Says_which_agent_it_is()
    {
        Assert.Equal(ExitCodes.Success, await Run("version"));
        Assert.Equal($"miru-agent {AgentVersion.Text}\n", _output.ToString());
    }

    [Fact]
    public async Task Valid_settings_are_found_valid_and_nothing_is_started()
    {
        var state = _directory.File("state");

        Assert.Equal(ExitCodes.Success, await Run("check", "--config", Settings($"miru.state-directory = \"{state}\"")));
        Assert.Contains(state, _output.ToString());
        Assert.False(Directory.Exists(state));
    }

    [Theory]
    [InlineData("check")]
    [InlineData("run")]
    [InlineData("provision")]
    public async Task Wrong_settings_are_all_named_and_nothing_is_started(string command)
    {
        var settings = Settings("miru { soket.path = \"/x\", link.hello-timeout = 5 }");

        Assert.Equal(ExitCodes.Settings, await Run(command, "--config", settings));
        Assert.Contains("soket", _error.ToString());
        Assert.Contains("hello-timeout", _error.ToString());
        Assert.Equal("", _output.ToString());
    }

    [Fact]
    public async Task A_settings_file_that_is_not_there_is_named()
    {
        Assert.Equal(ExitCodes.Settings, await Run("--config", _directory.File("nowhere.conf")));
        Assert.Contains("nowhere.conf", _error.ToString());
    }

    [Fact]
    public async Task An_argument_nobody_knows_is_named()
    {
        Assert.Equal(ExitCodes.Usage, await Run("--fast"));
        Assert.Contains("--fast", _error.ToString());
        Assert.Single(_error.ToString().TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task A_computer_that_is_no_device_says_so_with_an_exit_code_of_its_own()
    {
        Assert.Equal(ExitCodes.NotProvisioned, await Run("provision", "--check", "--config", InDirectory()));
        Assert.Equal("Not provisioned.\n", _output.ToString());
    }

    [Fact]
    public async Task A_device_with_its_key_is_provisioned()
    {
        ReadyKey.PlaceIn(_directory.FullName);
        DeviceIdentity.Save(_directory.FullName, new EnrolledDevice("dvc_1", "sess_1", "arm-7"));

        Assert.Equal(ExitCodes.Success, await Run("provision", "--check", "--config", InDirectory()));
        Assert.Contains("arm-7 (dvc_1)", _output.ToString());
    }

    [Theory]
    [InlineData("""{"device_id":"dvc_1","session_id":"s","name":"arm-7"}""", "key is gone")]
    [InlineData("half a fi", "damaged")]
    public async Task A_device_that_cannot_prove_who_it_is_is_an_error(string identity, string complaint)
    {
        await File.WriteAllTextAsync(_directory.File("device.json"), identity);

        Assert.Equal(ExitCodes.Failed, await Run("provision", "--check", "--config", InDirectory()));
        Assert.Contains(complaint, _error.ToString());
    }

    [Fact]
    public async Task A_check_that_cannot_read_its_settings_is_an_error_like_any_other() =>
        Assert.Equal(ExitCodes.Failed, await Run("provision", "--check", "--config", _directory.File("nowhere.conf")));

    [Theory]
    [InlineData("provision")]
    [InlineData("reprovision")]
    public async Task A_token_on_the_command_line_is_refused_and_not_repeated(string command)
    {
        Assert.Equal(ExitCodes.Usage, await Run(command, "miru_pt_secret"));
        Assert.Contains("MIRU_PROVISIONING_TOKEN", _error.ToString());
        Assert.DoesNotContain("secret", _error.ToString());
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("1", false)]
    public async Task The_process_keeps_its_memory_out_of_core_dumps_unless_a_developer_wants_one(string? variable, bool forbids)
    {
        var asked = 0;
        var process = new ProcessEnvironment(_output, _error, null, name => name == CoreDumps.Variable ? variable : null, _ => { }, TimeProvider.System)
        {
            ForbidCoreDumps = () =>
            {
                asked++;
                return "Operation not permitted";
            },
        };

        await new AgentCommandLine(process).RunAsync(["version"]);

        Assert.Equal(forbids ? 1 : 0, asked);
        Assert.Equal(forbids, _error.ToString().Contains("Operation not permitted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Events_of_a_kind_that_there_is_not_are_refused_with_those_there_are()
    {
        Assert.Equal(ExitCodes.Usage, await Run("events", "--kind", "explosion"));
        Assert.Contains("drifted", _error.ToString());
    }

    private string InDirectory() => Settings($"miru.state-directory = \"{_directory.FullName}\"");

    private string Settings(string text)
    {
        var path = _directory.File("miru.conf");
        File.WriteAllText(path, text);
        return path;
    }

    private Task<int> Run(params string[] arguments) =>
        new AgentCommandLine(new ProcessEnvironment(_output, _error, null, _ => null, _ => { }, TimeProvider.System)).RunAsync(arguments);
}
