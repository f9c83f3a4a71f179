using System.Diagnostics;
using System.Reflection;
using Miru.Benchmarks.Link.Processes;

namespace Miru.Benchmarks.Crash;

/// <summary>The C programs of <c>Crash/native</c>, built where they are used.</summary>
internal static class CrashTools
{
    /// <summary>The program, or null and the reason why it cannot be had.</summary>
    public static string? Build(string name, string folder, out string why)
    {
        why = "";
        if (!Executable.IsInstalled("gcc"))
        {
            why = "gcc is not installed";
            return null;
        }
        var project = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "Project").Value!;
        var source = Path.Combine(Path.GetDirectoryName(project)!, "Crash", "native", name + ".c");
        var program = Path.Combine(folder, name);
        using var gcc = Process.Start("gcc", ["-O2", "-D_GNU_SOURCE", "-Wall", "-Wextra", "-o", program, source]);
        gcc.WaitForExit();
        if (gcc.ExitCode == 0)
            return program;
        why = $"gcc could not build {source}";
        return null;
    }
}
