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

        using var place = new TemporaryDirectory();
        if (Programs.Run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", place.FullName).ExitCode != 0)
        {
            return "this machine lets nobody mount a tmpfs";
        }

        Programs.Run("umount", "-l", place.FullName);
        return null;
    }
}
