namespace Miru.Benchmarks.Hostile.Fuzzing;

/// <summary>Inputs of <see cref="ConnectionTarget"/> that the repository keeps, in <c>Miru.Agent.Tests/Hostile/Corpus/</c>: one of hexadecimal digits on each line.</summary>
internal static class FuzzCorpus
{
    /// <summary>What a search found that reaches further than the conformance kit does.</summary>
    public static IReadOnlyList<byte[]> Reaching { get; } = Read("reaching.txt");

    /// <summary>What once upset a connection.</summary>
    public static IReadOnlyList<byte[]> Findings { get; } = Read("findings.txt");

    /// <summary>Writes inputs as <see cref="Reaching"/> has them.</summary>
    public static void Write(string path, IEnumerable<byte[]> inputs) => File.WriteAllLines(
        path, inputs.Select(Convert.ToHexStringLower).Prepend("# Written by: dotnet run -c Release --project Miru.Benchmarks -- hostile --keep FILE"));

    private static IReadOnlyList<byte[]> Read(string file)
    {
        using var lines = new StreamReader(typeof(FuzzCorpus).Assembly.GetManifestResourceStream(file)!);
        return [.. lines.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(Convert.FromHexString)];
    }
}
