using System.Diagnostics;
using System.Reflection;

namespace Miru.Benchmarks.Link.Processes;

/// <summary>Programs of this machine, started on a core of their own or on any.</summary>
internal static class Executable
{
    // Ten times what the longest round takes on a busy machine.
    private static readonly TimeSpan LongestRun = TimeSpan.FromSeconds(60);

    /// <summary>This program.</summary>
    public static string Self => Assembly.GetExecutingAssembly().Location;

    public static bool IsInstalled(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(':')
        .Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <param name="core">The one core it may use; null for all.</param>
    public static Process Start(int? core, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(core is null ? program : "taskset", core is { } only ? ["-c", $"{only}", program, .. arguments] : arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment.Remove("MIRU_AGENT_SOCKET");
        return Process.Start(start)!;
    }

    /// <summary>This program again, with a command that is not for people.</summary>
    public static Process StartSelf(int? core, params string[] arguments) => Start(core, "dotnet", [Self, .. arguments]);

    /// <summary>Runs it to its end.</summary>
    /// <returns>What it printed.</returns>
    /// <exception cref="InvalidOperationException">It failed, or did not end.</exception>
    public static async Task<string> RunAsync(int? core, string program, params string[] arguments)
    {
        using var process = Start(core, program, arguments);
        using var deadline = new CancellationTokenSource(LongestRun);
        await using var kill = deadline.Token.Register(process.Kill);
        var output = await process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"'{program} {string.Join(' ', arguments)}' {(deadline.IsCancellationRequested ? "did not end" : $"exited with {process.ExitCode}")}");
    }
}
