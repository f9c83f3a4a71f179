namespace Miru.Sdk;

/// <summary>What happened to one watched config: a new version, or its removal.</summary>
/// <param name="Slug">The config's name.</param>
/// <param name="Config">The version that is current now; null if the config ceased to exist.</param>
/// <param name="Snapshot">All configs at the moment of the change.</param>
public sealed record MiruChange(string Slug, MiruConfig? Config, MiruSnapshot Snapshot)
{
    /// <summary>True if the config ceased to exist. The watch goes on: it may come back.</summary>
    public bool IsRemoved => Config is null;
}
