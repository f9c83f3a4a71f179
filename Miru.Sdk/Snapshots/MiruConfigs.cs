namespace Miru.Sdk.Snapshots;

/// <summary>When two versions of a config are the same to an application. Pure.</summary>
internal static class MiruConfigs
{
    /// <summary>
    /// True if an application that holds <paramref name="before"/> should hear of <paramref name="now"/>. Sequences do not
    /// count: after the agent's store was rebuilt they start anew, with the same configs behind them.
    /// </summary>
    public static bool Differ(MiruConfig before, MiruConfig now) =>
        before.Digest != now.Digest || before.Deployment != now.Deployment;

    /// <summary>True if any config was added, removed or replaced by a different one.</summary>
    public static bool Differ(IReadOnlyDictionary<string, MiruConfig> before, IReadOnlyDictionary<string, MiruConfig> now) =>
        !ReferenceEquals(before, now) && (before.Count != now.Count || now.Values.Any(
            config => !before.TryGetValue(config.Slug, out var old) || Differ(old, config)));

    /// <summary>What a watcher that last saw <paramref name="seen"/> is told, or null if nothing.</summary>
    public static MiruChange? Between(string slug, MiruConfig? seen, MiruSnapshot snapshot) =>
        (seen, snapshot.Find(slug)) switch
        {
            (null, null) => null,
            (null, { } now) => new(slug, now, snapshot),
            (_, null) => new(slug, null, snapshot),
            ({ } before, { } now) when !Differ(before, now) => null,
            ({ } before, { } now) => new(slug, now with { Superseded = Skipped(before, now) }, snapshot),
        };

    private static long Skipped(MiruConfig before, MiruConfig now) =>
        now.Generation > before.Generation ? now.Generation - before.Generation - 1 : now.Superseded;
}
