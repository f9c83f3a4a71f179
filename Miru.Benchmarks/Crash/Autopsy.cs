using Miru.Agent.Configs;
using Miru.Agent.Deployments;

namespace Miru.Benchmarks.Crash;

/// <summary>What a dead agent left on the disk, found out on a copy so that the next life finds it untouched.</summary>
/// <param name="Sequence">What its store calls current; 1 is the old deployment, 2 the new one.</param>
/// <param name="Violation">How the files contradict the store; null if they do not.</param>
internal sealed record Autopsy(long Sequence, string? Violation)
{
    public static Autopsy Of(CrashSite site)
    {
        // Not on the disk that has just lost its power.
        var copy = Directory.CreateTempSubdirectory("miru-autopsy-").FullName;
        CrashSite.Copy(site.State, copy);
        try
        {
            using var ledger = ConfigLedger.OpenAsIs(site.Settings().Store with { Directory = copy }, TimeProvider.System);
            var sequence = ledger.Snapshot.Sequence;
            var decided = ledger.Recovery() is SwitchDeployment;
            return new Autopsy(sequence, decided ? TornFile(site) : Difference(site, sequence == 1 ? site.Old : site.New, strays: false));
        }
        catch (Exception unusable) when (unusable is StoreException or StoreDamageException)
        {
            return new Autopsy(0, unusable.Message);
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    /// <summary>How the files differ from <paramref name="expected"/>, or null.</summary>
    /// <param name="strays">Whether files the agent hides count too.</param>
    public static string? Difference(CrashSite site, IReadOnlyDictionary<string, byte[]> expected, bool strays)
    {
        var standing = Directory.EnumerateFiles(site.Configs, "*", SearchOption.AllDirectories)
            .Where(path => strays || !Path.GetFileName(path).StartsWith('.'))
            .ToHashSet();
        foreach (var (path, bytes) in expected)
        {
            if (!standing.Remove(path))
                return $"{path} is missing";
            if (!File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes))
                return $"{path} does not hold what is current";
        }
        return standing.FirstOrDefault() is { } stray ? $"{stray} was left over" : null;
    }

    /// <summary>Half-way through a decided switch each file is one or the other.</summary>
    private static string? TornFile(CrashSite site) =>
        Directory.EnumerateFiles(site.Configs, "*.json", SearchOption.AllDirectories).Select(path => (path, bytes: File.ReadAllBytes(path)))
            .Where(file => !Is(site.Old, file.path, file.bytes) && !Is(site.New, file.path, file.bytes))
            .Select(file => $"{file.path} is neither old nor new")
            .FirstOrDefault();

    private static bool Is(IReadOnlyDictionary<string, byte[]> files, string path, byte[] bytes) =>
        files.TryGetValue(path, out var expected) && bytes.AsSpan().SequenceEqual(expected);
}
