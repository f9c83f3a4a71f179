using System.Globalization;
using System.Security.Cryptography;

namespace Quickstart;

/// <summary>One file of the configs folder, as it is published: <c>motion-control.json</c> is the config type "Motion Control".</summary>
internal sealed record ConfigFile(string FileName, byte[] Content)
{
    /// <summary>The name applications use; the agent makes the same from the type's name.</summary>
    public string Slug => Path.GetFileNameWithoutExtension(FileName);

    public string TypeName => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(Slug.Replace('-', ' '));

    public string Format => Path.GetExtension(FileName) switch
    {
        ".json" => "json",
        ".yaml" or ".yml" => "yaml",
        ".jsonc" => "jsonc",
        ".bin" => "bin",
        _ => "text",
    };

    public string Digest => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Content));

    /// <summary>All files of <paramref name="folder"/> in name order; names that start with a dot are editors' business.</summary>
    public static IReadOnlyList<ConfigFile> ReadAll(string folder) =>
        [.. Directory.EnumerateFiles(folder)
            .Where(path => Path.GetExtension(path) is ".json" or ".yaml" or ".yml" or ".jsonc" or ".txt")
            .Where(path => !Path.GetFileName(path).StartsWith('.'))
            .Order(StringComparer.Ordinal)
            .Select(path => new ConfigFile(Path.GetFileName(path), File.ReadAllBytes(path)))];
}
