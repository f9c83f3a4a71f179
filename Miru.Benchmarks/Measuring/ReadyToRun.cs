using System.Diagnostics;
using System.Reflection;

namespace Miru.Benchmarks.Measuring;

/// <summary>Programs compiled ahead of time, the form in which they are shipped to robots: the JIT's share of a start is not the runtime's.</summary>
internal static class ReadyToRun
{
    /// <summary>Publishes this program ReadyToRun into a new folder.</summary>
    /// <returns>The program's dll, or null where the compiler cannot be restored; the output then says why.</returns>
    public static string? Publish(DirectoryInfo into) => Publish("Project", into, Path.GetFileName(Assembly.GetExecutingAssembly().Location));

    /// <summary>Publishes the agent as a robot gets it.</summary>
    /// <inheritdoc cref="Publish(DirectoryInfo)"/>
    public static string? PublishAgent(DirectoryInfo into) => Publish("AgentProject", into, "miru-agent.dll");

    private static string? Publish(string project, DirectoryInfo into, string program)
    {
        var path = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == project).Value!;
        using var publish = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList = { "publish", path, "-c", "Release", "--use-current-runtime", "--self-contained", "false", "-p:PublishReadyToRun=true", "-o", into.FullName, "-v", "quiet", "--nologo" },
            RedirectStandardOutput = true,
        })!;
        var output = publish.StandardOutput.ReadToEnd();
        publish.WaitForExit();
        if (publish.ExitCode == 0)
            return Path.Combine(into.FullName, program);
        Console.Error.WriteLine(output);
        return null;
    }
}
