using System.Diagnostics;
using Miru.Agent.Tests.Doubles;

namespace Miru.Agent.Tests.Scenarios;

/// <summary>The client of <c>samples/cpp</c>, built as its README says, as a process of its own.</summary>
internal sealed class CppClient : IAsyncDisposable
{
    private static readonly Lazy<Task<string>> Built = new(BuildAsync);

    private readonly Process _process;

    private CppClient(Process process) => _process = process;

    public static bool HasCompiler { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Any(folder => File.Exists(Path.Combine(folder, "g++")));

    public static async Task<CppClient> StartAsync(string socketPath, params string[] arguments) => new(Process.Start(
        new ProcessStartInfo(await Built.Value, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["MIRU_AGENT_SOCKET"] = socketPath },
        })!);

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int ExitCode, byte[] Output, string Errors)> RunAsync(
        string socketPath, CancellationToken deadline, params string[] arguments)
    {
        await using var client = await StartAsync(socketPath, arguments);
        using var output = new MemoryStream();
        var errors = client._process.StandardError.ReadToEndAsync(deadline);
        await client._process.StandardOutput.BaseStream.CopyToAsync(output, deadline);
        await client._process.WaitForExitAsync(deadline);
        return (client._process.ExitCode, output.ToArray(), await errors);
    }

    /// <summary>The lines it prints until one that begins so, which is the last.</summary>
    public async Task<List<string>> PrintsUntilAsync(string beginning, CancellationToken deadline)
    {
        var lines = new List<string>();
        while (lines.Count == 0 || !lines[^1].StartsWith(beginning, StringComparison.Ordinal))
            lines.Add(await _process.StandardOutput.ReadLineAsync(deadline) ?? throw new EndOfStreamException(string.Join('\n', lines)));
        return lines;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task<string> BuildAsync()
    {
        var folder = Directory.CreateTempSubdirectory("miru-cpp-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        var program = Path.Combine(folder, "miru");
        var source = SourceTree.File("samples", "cpp", "miru.cpp");
        string[] arguments = ["-std=c++17", "-O2", "-Wall", "-Wextra", "-Werror", "-o", program, source];
        using var compiler = Process.Start(new ProcessStartInfo("g++", arguments) { RedirectStandardError = true })!;
        var errors = await compiler.StandardError.ReadToEndAsync();
        await compiler.WaitForExitAsync();
        return compiler.ExitCode == 0 ? program : throw new InvalidOperationException(errors);
    }
}
