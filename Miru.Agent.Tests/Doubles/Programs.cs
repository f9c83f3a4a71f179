using System.Diagnostics;

namespace Miru.Agent.Tests.Doubles;

/// <summary>Programs of this machine, run to their end.</summary>
internal static class Programs
{
    /// <returns>How it ended, and what it wrote to standard output and then to standard error.</returns>
    public static (int ExitCode, string Output) Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
