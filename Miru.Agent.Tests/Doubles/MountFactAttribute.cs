using System.Diagnostics;
using Xunit;

namespace Miru.Agent.Tests.Doubles;

/// <summary>A test that needs a file system of its own: skipped where none may be mounted, with the reason.</summary>
internal sealed class MountFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Missing = new(Probe);

    public MountFactAttribute() => Skip = Missing.Value;

    private static string? Probe()
    {
        if (Environment.UserName != "root")
        {
            return "mounting a file system takes root";
        }

        var place = Directory.CreateTempSubdirectory("miru-mount-");
        try
        {
            if (Run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", place.FullName) != 0)
            {
                return "this machine lets nobody mount a tmpfs";
            }

            Run("umount", "-l", place.FullName);
            return null;
        }
        finally
        {
            place.Delete(recursive: true);
        }
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
