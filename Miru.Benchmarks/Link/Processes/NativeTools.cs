using System.Diagnostics;
using System.Reflection;

namespace Miru.Benchmarks.Link.Processes;

/// <summary>The C programs of <c>Link/native</c>, built into a folder of their own: the floor, and the clients that measure it and the agent alike.</summary>
internal sealed class NativeTools(string folder)
{
    private static readonly string[] Programs = ["floor", "record", "get", "many", "fanout", "misbehave", "idle", "redis"];

    /// <summary>Whether this machine can build them.</summary>
    public static bool CanBuild => Executable.IsInstalled("gcc");

    public string Path(string program) => System.IO.Path.Combine(folder, program);

    public static async Task<NativeTools> BuildAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        var tools = new NativeTools(folder);
        await Task.WhenAll(Programs.Select(tools.CompileAsync));
        return tools;
    }

    private async Task CompileAsync(string program)
    {
        var source = System.IO.Path.Combine(Sources(), program + ".c");
        using var gcc = Process.Start("gcc", ["-O2", "-D_GNU_SOURCE", "-Wall", "-Wextra", "-o", Path(program), source]);
        await gcc.WaitForExitAsync();
        if (gcc.ExitCode != 0)
            throw new InvalidOperationException($"gcc could not build {source}");
    }

    private static string Sources()
    {
        var project = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "Project").Value!;
        return System.IO.Path.Combine(System.IO.Path.GetDirectoryName(project)!, "Link", "native");
    }
}
