using System.Runtime.CompilerServices;

namespace Miru.Agent.Tests.Doubles;

/// <summary>Where the repository is: for tests that read sources, vectors and locked surfaces.</summary>
internal static class SourceTree
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", ".."));

    public static string File(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Here([CallerFilePath] string path = "") => path;
}
