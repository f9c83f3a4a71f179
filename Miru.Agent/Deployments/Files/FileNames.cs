namespace Miru.Agent.Deployments.Files;

/// <summary>The names the agent uses beside a config's own. No config may be called so.</summary>
internal static class FileNames
{
    /// <summary>Ends the hidden name of a file that is being staged.</summary>
    public const string StagedSuffix = ".miru-new";

    /// <summary>Ends the name of a copy of what was there before the agent; further copies have <c>.2</c>, <c>.3</c> … after it.</summary>
    public const string OriginalSuffix = ".miru-orig";

    /// <summary>Ends the name of a copy of somebody's change to a file of the agent. The latest change only.</summary>
    public const string ChangedSuffix = ".miru-changed";

    private const int OriginalsKept = 9;

    public static string Staged(string name) => $".{name}{StagedSuffix}";

    public static string Changed(string name) => name + ChangedSuffix;

    /// <summary>Where a copy of the original may go, in the order of trying.</summary>
    public static IEnumerable<string> Originals(string name) =>
        Enumerable.Range(1, OriginalsKept).Select(number => number == 1 ? name + OriginalSuffix : $"{name}{OriginalSuffix}.{number}");

    public static bool IsReserved(string name) =>
        name.EndsWith(StagedSuffix, StringComparison.Ordinal)
        || name.EndsWith(ChangedSuffix, StringComparison.Ordinal)
        || name.EndsWith(OriginalSuffix, StringComparison.Ordinal)
        || name.Contains(OriginalSuffix + ".", StringComparison.Ordinal);
}
