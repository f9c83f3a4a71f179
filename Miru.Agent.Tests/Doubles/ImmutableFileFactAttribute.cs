using Xunit;

namespace Miru.Agent.Tests.Doubles;

/// <summary>A test that needs files which nobody may change: skipped where that cannot be had, with the reason.</summary>
internal sealed class ImmutableFileFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Missing = new(Probe);

    public ImmutableFileFactAttribute() => Skip = Missing.Value;

    /// <returns>Whether chattr did it.</returns>
    public static bool Set(string path, bool immutable) => Programs.Run("chattr", immutable ? "+i" : "-i", path).ExitCode == 0;

    private static string? Probe()
    {
        if (Requirements.Missing("chattr") is { } missing)
        {
            return missing;
        }

        using var directory = new TemporaryDirectory();
        var file = directory.File("probe");
        File.WriteAllText(file, "");
        return Set(file, immutable: true) && Set(file, immutable: false) ? null : "chattr +i takes root and a file system that knows it";
    }
}
