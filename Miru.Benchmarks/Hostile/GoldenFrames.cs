namespace Miru.Benchmarks.Hostile;

/// <summary>The files of the conformance kit, built in: what hostile input is made from.</summary>
internal static class GoldenFrames
{
    public static IReadOnlyList<byte[]> All { get; } =
        [.. typeof(GoldenFrames).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(".hex")).Order(StringComparer.Ordinal).Select(Read)];

    private static byte[] Read(string name)
    {
        using var file = new StreamReader(typeof(GoldenFrames).Assembly.GetManifestResourceStream(name)!);
        return Convert.FromHexString(string.Concat(file.ReadToEnd().Split('\n').Where(line => !line.StartsWith('#'))));
    }
}
