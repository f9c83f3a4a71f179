using System.Diagnostics;
using System.Reflection;

namespace Miru.Benchmarks.Measuring;

/// <summary>This program again, as a child with a command of its own: for what only a fresh process can show.</summary>
internal static class Child
{
    /// <param name="program">The dll to run; this one unless given.</param>
    public static Process Start(string command, string? program = null) => Process.Start(new ProcessStartInfo("dotnet")
    {
        ArgumentList = { program ?? Assembly.GetExecutingAssembly().Location, command },
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;
}
