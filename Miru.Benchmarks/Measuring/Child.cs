using System.Diagnostics;
using System.Reflection;

namespace Miru.Benchmarks.Measuring;

/// <summary>This program again, as a child with a command of its own: for what only a fresh process can show.</summary>
internal static class Child
{
    public static Process Start(string command) => Process.Start(new ProcessStartInfo("dotnet")
    {
        ArgumentList = { Assembly.GetExecutingAssembly().Location, command },
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;
}
