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

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Who_holds_the_lock_is_signalled()
    {
        File.WriteAllText(LockFile, "");
        using var agent = Lock();
        await agent.StandardOutput.ReadLineAsync();
        Announce(agent.Id);

        Assert.True(RunningAgent.Nudge(_directory.FullName));

        await agent.WaitForExitAsync();
        Assert.Equal(128 + 1, agent.ExitCode);
    }

    [Fact]
    public async Task Who_only_has_the_lock_file_open_is_left_alone()
    {
        File.WriteAllText(LockFile, "");
        using var reader = Start($"exec 9<'{LockFile}'; echo; exec sleep 60");
        await reader.StandardOutput.ReadLineAsync();
        Announce(reader.Id);

        Assert.False(RunningAgent.Nudge(_directory.FullName));

        await EndAsync(reader);
        Assert.Equal(128 + 9, reader.ExitCode);
    }

    [RootFact]
    public async Task An_agent_that_forbids_core_dumps_is_found_by_its_own_user_and_by_root()
    {
        File.WriteAllText(LockFile, "");
        Assert.Equal(0, Run("chown", "65534", LockFile));
        using var agent = Lock("$< = $> = 65534;");
        await agent.StandardOutput.ReadLineAsync();
        Announce(agent.Id);

        // What changes its user is as hidden as what asks for it.
        Assert.Equal("0", Said("stat", "-c", "%u", $"/proc/{agent.Id}/fd"));
        Assert.True(RunningAgent.Nudge(_directory.FullName));

        await agent.WaitForExitAsync();
        Assert.Equal(128 + 1, agent.ExitCode);
    }

    [Fact]
    public async Task A_process_that_the_directory_names_and_that_has_not_the_lock_is_left_alone()
    {
        File.WriteAllText(LockFile, "");
        using var bystander = Start("exec sleep 60");
        Announce(bystander.Id);

        Assert.False(RunningAgent.Nudge(_directory.FullName));

        await EndAsync(bystander);
        Assert.Equal(128 + 9, bystander.ExitCode);
    }

    [RootFact]
    public async Task A_process_of_another_user_is_left_alone_even_if_it_holds_the_lock()
    {
        File.WriteAllText(LockFile, "");
        Assert.Equal(0, Run("chown", "65534", LockFile));
        using var foreign = Lock();
        await foreign.StandardOutput.ReadLineAsync();
        Announce(foreign.Id);

        Assert.False(RunningAgent.Nudge(_directory.FullName));

        await EndAsync(foreign);
        Assert.Equal(128 + 9, foreign.ExitCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("0")]
    [InlineData("1 2 3")]
    [InlineData("99999999999999999999")]
    public void What_names_no_process_is_nobody(string text)
    {
        File.WriteAllText(LockFile, "");
        File.WriteAllText(_directory.File("agent.pid"), text);

        Assert.False(RunningAgent.Nudge(_directory.FullName));
    }

    private string LockFile => _directory.File(StateDirectoryLock.FileName);

    /// <summary>A process that locks the file as an agent does.</summary>
    private Process Lock(string then = "") => Process.Start(new ProcessStartInfo(
        "perl", ["-e", $"$| = 1; open(F, '+<', $ARGV[0]) or die; flock(F, 2) or die; {then} print \"\\n\"; sleep 60", LockFile])
    { RedirectStandardOutput = true })!;

    private static string Said(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        return process.StandardOutput.ReadToEnd().Trim();
    }

    private static Process Start(string script) => Process.Start(new ProcessStartInfo("sh", ["-c", script]) { RedirectStandardOutput = true })!;

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        return process.ExitCode;
    }

    private static async Task EndAsync(Process process)
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    private void Announce(int process) => File.WriteAllText(_directory.File("agent.pid"), process.ToString(CultureInfo.InvariantCulture));
}
