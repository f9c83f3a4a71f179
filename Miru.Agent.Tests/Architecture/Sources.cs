using Miru.Agent.Tests.Doubles;

namespace Miru.Agent.Tests.Architecture;

/// <summary>The repository's own files, for the tests that hold code and documents against each other.</summary>
internal static class Sources
{
    public static string Root => SourceTree.Root;

    /// <summary>The C# files of a folder with their text, build output left out.</summary>
    public static IEnumerable<(string Path, string Text)> CSharp(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path))
            .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "bin-akka" or "obj-akka"))
            .Order(StringComparer.Ordinal)
            .Select(path => (path, File.ReadAllText(Path.Combine(Root, path))));

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));
}
