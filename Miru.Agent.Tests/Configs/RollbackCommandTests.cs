using System.Diagnostics;
using Miru.Agent.Configs;
using Miru.Agent.Deployments;
using Miru.Agent.Hosting;
using Miru.Agent.Tests.Doubles;
using Quickstart;
using Xunit;

namespace Miru.Agent.Tests.Configs;

public sealed class RollbackCommandTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task The_list_shows_what_is_kept_newest_first()
    {
        Fill(2);

        Assert.Equal(ExitCodes.Success, await RunAsync(null, list: true));

        Assert.Equal(["2  dpl_2  v2  current", "1  dpl_1  v1"], Lines(_output));
    }

    [Fact]
    public async Task Without_an_agent_the_wish_is_written_into_the_store_and_carried_out_at_its_start()
    {
        Fill(2);

        Assert.Equal(ExitCodes.Success, await RunAsync("1"));

        Assert.Contains("It takes effect when the agent starts", _output.ToString());
        using var ledger = Stores.Open(_directory.FullName);
        Assert.Equal("dpl_1", Assert.IsType<ApplyDeployment>(ledger.NextWork(DateTimeOffset.UnixEpoch).Work).DeploymentId);
    }

    [Theory]
    [InlineData(1, null, "No earlier deployment is kept")]
    [InlineData(2, "dpl_7", "--list shows them")]
    public async Task What_cannot_be_done_is_said_and_exits_with_an_error(int deployments, string? to, string because)
    {
        Fill(deployments);

        Assert.Equal(ExitCodes.Failed, await RunAsync(to));

        Assert.Contains(because, _error.ToString());
    }

    [Fact]
    public async Task A_directory_without_a_store_stays_as_it_was()
    {
        Assert.Equal(ExitCodes.Failed, await RunAsync(null));

        Assert.Contains("There is no store", _error.ToString());
        Assert.Empty(Directory.GetFileSystemEntries(_directory.FullName));
    }

    [Fact]
    public async Task An_agent_that_cannot_be_told_finds_the_request_when_it_starts()
    {
        Fill(2);
        using (StateDirectoryLock.Take(_directory.FullName))
        {
            Assert.Equal(ExitCodes.Failed, await RunAsync(null));
        }

        Assert.Contains("restart the agent", _error.ToString());
        Assert.NotNull(new RollbackMailbox(_directory.FullName).Peek());
    }

    [ToolFact("strace")]
    public async Task A_commit_that_the_disk_did_not_sync_is_no_success()
    {
        Fill(2);
        var settings = _directory.File("agent.conf");
        File.WriteAllText(settings, $"miru.state-directory = \"{_directory.FullName}\"");

        var start = new ProcessStartInfo("strace")
        {
            ArgumentList = { "-f", "-o", "/dev/null", "-e", "inject=fsync,fdatasync:error=EIO", "dotnet", BuildMetadata.AgentProgram, "rollback", "--config", settings },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal((ExitCodes.Failed, ""), (process.ExitCode, output));
        Assert.Contains("disk I/O error", await errors);
    }

    private Task<int> RunAsync(string? to, bool list = false) =>
        new RollbackCommand(Stores.Settings(_directory.FullName), TimeProvider.System, _output, _error).RunAsync(to, list, CancellationToken.None);

    private void Fill(int deployments)
    {
        using var ledger = Stores.Open(_directory.FullName);
        for (var i = 1; i <= deployments; i++)
        {
            NumberedDeployments.PutInPlace(ledger, i);
        }
    }

    private static IEnumerable<string> Lines(StringWriter text) => text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim());
}
