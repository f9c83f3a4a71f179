using System.Diagnostics;
using System.Text.RegularExpressions;
using Miru.Agent.Tests.Doubles;
using Xunit;

namespace Miru.Agent.Tests.Deploy;

/// <summary>The units in <c>deploy/</c>, judged by systemd itself.</summary>
public sealed class UnitTests : IDisposable
{
    private const string Service = "miru-agent.service";
    private const string Listening = "miru-agent.socket";

    private readonly TemporaryDirectory _directory = new();

    public UnitTests()
    {
        // The agent is not installed here, and systemd looks for it.
        File.WriteAllText(_directory.File(Service), Read(Service).Replace("/usr/lib/miru/miru-agent", "/usr/bin/true", StringComparison.Ordinal));
        File.WriteAllText(_directory.File(Listening), Read(Listening));
    }

    public void Dispose() => _directory.Dispose();

    [ToolFact("systemd-analyze")]
    public void Systemd_finds_nothing_wrong_with_them()
    {
        var (exitCode, output) = Analyze("verify", _directory.File(Service), _directory.File(Listening));

        Assert.Equal("", output);
        Assert.Equal(0, exitCode);
    }

    [ToolFact("systemd-analyze")]
    public void The_service_is_exposed_by_one_and_a_half_at_most()
    {
        var (exitCode, output) = Analyze("security", "--offline=true", "--threshold=15", "--no-pager", _directory.File(Service));

        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public void Each_line_of_the_sandbox_has_its_reason()
    {
        var lines = Read(Service).Split('\n');
        var bare = lines
            .Select((line, index) => (line, index))
            .Where(at => Regex.IsMatch(at.line, "^[A-Z]") && !HasReason(lines, at.index))
            .Select(at => at.line);

        Assert.Equal(["ExecStart=/usr/lib/miru/miru-agent run --config /etc/miru/agent.conf"], bare.SkipWhile(line => !line.StartsWith("ExecStart", StringComparison.Ordinal)).TakeWhile(line => !line.StartsWith("WantedBy", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_would_break_the_agent_is_not_set()
    {
        foreach (var directive in new[] { "MemoryDenyWriteExecute", "PrivateUsers", "DynamicUser", "PrivateNetwork" })
        {
            Assert.DoesNotMatch($"(?m)^{directive}=", Read(Service));
        }
    }

    [Fact]
    public void The_socket_is_where_applications_look_for_it_and_called_what_the_agent_looks_for()
    {
        Assert.Contains($"ListenStream={Miru.Sdk.MiruClientOptions.DefaultSocketPath}\n", Read(Listening));
        Assert.Contains($"FileDescriptorName={Miru.Agent.Connections.SocketActivation.Name}\n", Read(Listening));
    }

    // A comment stands above a line or above the block it belongs to.
    private static bool HasReason(string[] lines, int index)
    {
        while (index > 0 && Regex.IsMatch(lines[index - 1], "^[A-Z]"))
        {
            index--;
        }

        return index > 0 && lines[index - 1].StartsWith('#');
    }

    private static string Read(string unit) => File.ReadAllText(SourceTree.File("deploy", unit));

    private static (int ExitCode, string Output) Analyze(params string[] arguments) => Programs.Run("systemd-analyze", arguments);
}
