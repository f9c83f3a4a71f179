using System.Diagnostics;
using Xunit;

namespace Miru.Agent.Tests.Doubles;

/// <summary>A test that needs files which nobody may change: skipped where that cannot be had, with the reason.</summary>
internal sealed class ImmutableFileFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Missing = new(Probe);

    public ImmutableFileFactAttribute() => Skip = Missing.Value;

    /// <returns>Whether chattr did it.</returns>
    public static bool Set(string path, bool immutable)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("chattr", [immutable ? "+i" : "-i", path]) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static string? Probe()
    {
        using var directory = new TemporaryDirectory();
        var file = directory.File("probe");
        File.WriteAllText(file, "");
        return Set(file, immutable: true) && Set(file, immutable: false) ? null : "chattr +i takes root and a file system that knows it";
    }
}
