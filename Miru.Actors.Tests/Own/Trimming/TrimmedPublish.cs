using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Miru.Actors.Tests.Own.Trimming;

/// <summary>Publishes the program beside this file, trimmed as far as it goes, and runs it. Its output folders are its own, so no other build is disturbed.</summary>
internal static class TrimmedPublish
{
    private static readonly string Project = Path.Combine(Path.GetDirectoryName(Here()), "Program", "Trimmed.csproj");
    private static readonly string Artifacts = Path.Combine(Path.GetDirectoryName(Here()), "..", "..", "obj", "trimmed");
    private static readonly string[] Trimmed = ["--use-current-runtime", "-p:PublishTrimmed=true", "-p:TrimMode=full", "-p:SelfContained=true", "-p:ArtifactsPath=" + Artifacts];

    /// <summary>The program, to be run after a publish.</summary>
    public static string Program => Path.Combine(Artifacts, "publish", "Trimmed", "release", "trimmed");

    /// <summary>Why this machine cannot publish so; null when it can.</summary>
    public static string Obstacle { get; } = HasPack() ? null : WhyNotRestored();

    public static Task<(int ExitCode, string Output)> PublishAsync() =>
        RunAsync("dotnet", ["publish", Project, "-c", "Release", .. Trimmed, "-p:TrimmerSingleWarn=false", "-nodeReuse:false", "--nologo", "-v", "quiet"]);

    public static async Task<(int ExitCode, string Output)> RunAsync(string file, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true });
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }

    // The pack of this very runtime is what publishing wants. To look for it costs nothing; to try a restore takes seconds, in every run of the suite.
    private static bool HasPack()
    {
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return Directory.Exists(Path.Combine(packages, $"microsoft.netcore.app.runtime.{RuntimeInformation.RuntimeIdentifier}", Environment.Version.ToString()));
    }

    private static string WhyNotRestored()
    {
        var (exitCode, output) = RunAsync("dotnet", ["restore", Project, .. Trimmed, "-nodeReuse:false", "-v", "quiet"]).GetAwaiter().GetResult();
        return exitCode == 0 ? null : "the packs for a trimmed publish cannot be restored here: " + output.Split('\n').FirstOrDefault(line => line.Contains("error"), output);
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
