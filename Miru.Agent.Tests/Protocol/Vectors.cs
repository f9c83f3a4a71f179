using Miru.Agent.Tests.Doubles;

namespace Miru.Agent.Tests.Protocol;

/// <summary>The golden files: hexadecimal digits, and comments that start with <c>#</c>.</summary>
internal static class Vectors
{
    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.EnumerateFiles(Folder, "*.hex").Select(file => Path.GetFileNameWithoutExtension(file)).Order()];

    public static byte[] Read(string name) => Convert.FromHexString(string.Concat(
        File.ReadLines(Path.Combine(Folder, name + ".hex")).Where(line => !line.StartsWith('#'))));

    private static string Folder => SourceTree.File("Miru.Agent.Tests", "Protocol", "Vectors");
}
