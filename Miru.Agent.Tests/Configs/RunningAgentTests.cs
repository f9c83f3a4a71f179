using System.Diagnostics;
using System.Globalization;
using Miru.Agent.Configs;
using Miru.Agent.Tests.Doubles;
using Xunit;

namespace Miru.Agent.Tests.Configs;

/// <summary>Who is signalled for a state directory, and who never is. A process that gets SIGHUP and does not expect it ends.</summary>
public sealed class RunningAgentTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public RunningAgentTests() => File.WriteAllText(LockFile, "");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Who_holds_the_lock_is_signalled()
    {
        using var agent = Lock();
        await agent.StandardOutput.ReadLineAsync();

        await IsSignalledAsync(agent);
    }

    [Fact]
    public async Task Who_only_has_the_lock_file_open_is_left_alone()
    {
        using var reader = Start($"exec 9<'{LockFile}'; echo; exec sleep 60");
        await reader.StandardOutput.ReadLineAsync();

        await IsLeftAloneAsync(reader);
    }

    [RootFact]
    public async Task An_agent_that_forbids_core_dumps_is_found_by_its_own_user_and_by_root()
    {
        Assert.Equal((0, ""), Programs.Run("chown", "65534", LockFile));
        using var agent = Lock("$< = $> = 65534;");
        await agent.StandardOutput.ReadLineAsync();

        // What changes its user is as hidden as what asks for it.
        Assert.Equal((0, "0\n"), Programs.Run("stat", "-c", "%u", $"/proc/{agent.Id}/fd"));
        await IsSignalledAsync(agent);
    }

    [Fact]
    public async Task A_process_that_the_directory_names_and_that_has_not_the_lock_is_left_alone()
    {
        using var bystander = Start("exec sleep 60");

        await IsLeftAloneAsync(bystander);
    }

    [RootFact]
    public async Task A_process_of_another_user_is_left_alone_even_if_it_holds_the_lock()
    {
        Assert.Equal((0, ""), Programs.Run("chown", "65534", LockFile));
        using var foreign = Lock();
        await foreign.StandardOutput.ReadLineAsync();

        await IsLeftAloneAsync(foreign);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("0")]
    [InlineData("1 2 3")]
    [InlineData("99999999999999999999")]
    public void What_names_no_process_is_nobody(string text)
    {
        File.WriteAllText(_directory.File("agent.pid"), text);

        Assert.False(RunningAgent.Nudge(_directory.FullName));
    }

    private string LockFile => _directory.File(StateDirectoryLock.FileName);

    /// <summary>A process that locks the file as an agent does.</summary>
    private Process Lock(string then = "") => Process.Start(new ProcessStartInfo(
        "perl", ["-e", $"$| = 1; open(F, '+<', $ARGV[0]) or die; flock(F, 2) or die; {then} print \"\\n\"; sleep 60", LockFile])
    { RedirectStandardOutput = true })!;

    private static Process Start(string script) => Process.Start(new ProcessStartInfo("sh", ["-c", script]) { RedirectStandardOutput = true })!;

    private async Task IsSignalledAsync(Process process)
    {
        Announce(process);

        Assert.True(RunningAgent.Nudge(_directory.FullName));

        await process.WaitForExitAsync();
        Assert.Equal(128 + 1, process.ExitCode);
    }

    private async Task IsLeftAloneAsync(Process process)
    {
        Announce(process);

        Assert.False(RunningAgent.Nudge(_directory.FullName));

        process.Kill();
        await process.WaitForExitAsync();
        Assert.Equal(128 + 9, process.ExitCode);
    }

    private void Announce(Process process) => File.WriteAllText(_directory.File("agent.pid"), process.Id.ToString(CultureInfo.InvariantCulture));
}
