using Miru.Agent.Tests.Doubles;

namespace Miru.Agent.Tests.Protocol;

/// <summary>The golden files, as <c>Vectors/README.md</c> describes them.</summary>
internal static class Vectors
{
    /// <summary>Of the files with one message each.</summary>
    public static IReadOnlyList<string> Names { get; } = NamesIn(".");

    public static IReadOnlyList<string> Refused { get; } = NamesIn("refused");

    public static IReadOnlyList<string> Tolerated { get; } = NamesIn("tolerated");

    public static byte[] Read(string name) => Convert.FromHexString(string.Concat(Lines(name).Where(line => !line.StartsWith('#'))));

    /// <summary>What a file says of itself: the rest of the comment that begins with <paramref name="word"/>.</summary>
    public static string Says(string name, string word) =>
        Lines(name).First(line => line.StartsWith($"# {word} ", StringComparison.Ordinal))[(word.Length + 3)..];

    private static string Folder => SourceTree.File("Miru.Agent.Tests", "Protocol", "Vectors");

    private static IEnumerable<string> Lines(string name) => File.ReadLines(Path.Combine(Folder, name + ".hex"));

    private static IReadOnlyList<string> NamesIn(string folder) =>
        [.. Directory.EnumerateFiles(Path.Combine(Folder, folder), "*.hex")
            .Select(file => Path.Combine(folder == "." ? "" : folder, Path.GetFileNameWithoutExtension(file)))
            .Order(StringComparer.Ordinal)];
}
