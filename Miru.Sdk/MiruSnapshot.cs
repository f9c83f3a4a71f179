using Miru.Protocol;

namespace Miru.Sdk;

/// <summary>All configs at one sequence, never half a deployment. Immutable; safe to keep and to read from any thread.</summary>
public sealed class MiruSnapshot
{
    internal MiruSnapshot(Cursor? cursor, IReadOnlyDictionary<string, MiruConfig> configs)
    {
        Cursor = cursor;
        Configs = configs;
    }

    /// <summary>The state of the agent's store this is; null until the agent has answered for the first time.</summary>
    public Cursor? Cursor { get; }

    /// <summary>The configs by slug.</summary>
    public IReadOnlyDictionary<string, MiruConfig> Configs { get; }

    internal static MiruSnapshot None { get; } = new(null, new Dictionary<string, MiruConfig>());

    /// <summary>The config with this slug, or null if there is none.</summary>
    /// <param name="slug">The config's name.</param>
    public MiruConfig? Find(string slug) => Configs.GetValueOrDefault(slug);
}
