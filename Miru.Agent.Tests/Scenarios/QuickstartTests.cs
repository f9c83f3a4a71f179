using System.Diagnostics;
using Miru.Agent.Tests.Doubles;
using Xunit;

namespace Miru.Agent.Tests.Scenarios;

/// <summary>The first thing a newcomer runs.</summary>
public sealed class QuickstartTests
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    [Fact]
    public async Task The_quickstart_delivers_three_changes_and_leaves_nothing_behind()
    {
        var temporary = Directory.CreateTempSubdirectory("miru-newcomer-");
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var quickstart = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList = { "run", "--no-build", "--project", SourceTree.File("samples", "Quickstart"), "--configuration", Configuration, "--", "--once" },
            Environment = { ["TMPDIR"] = temporary.FullName },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = quickstart.StandardError.ReadToEndAsync(deadline.Token);
        var output = await quickstart.StandardOutput.ReadToEndAsync(deadline.Token);
        await quickstart.WaitForExitAsync(deadline.Token);

        Assert.True(quickstart.ExitCode == 0, output + await errors);
        Assert.Contains("3 of 3 changes delivered", output);
        Assert.Empty(temporary.GetDirectories("miru-*"));
        temporary.Delete(recursive: true);
    }
}
