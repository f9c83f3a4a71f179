using System.Runtime.CompilerServices;
using Miru.Agent.Configs;

namespace Miru.Agent.Connections.Access;

/// <summary>
/// What one peer may do and see, settled when it connects: rules change only with the settings, and groups only with a new login.
/// Peers with the same rights share one instance, and with it the filtered snapshots. Safe for concurrent use.
/// </summary>
internal sealed class AccessRights
{
    private readonly IReadOnlyList<SlugPattern> _configs;
    private readonly ConditionalWeakTable<ConfigSnapshot, ConfigSnapshot> _visible = new();

    /// <param name="may">What the peer may do.</param>
    /// <param name="configs">Which configs it may read, if it may read.</param>
    public AccessRights(Operations may, IReadOnlyList<SlugPattern> configs)
    {
        May = may;
        _configs = configs;
        SeesEverything = configs.Any(pattern => pattern.Text == SlugPattern.All);
    }

    /// <summary>Of root, and of the agent's own user.</summary>
    public static AccessRights Everything { get; } = new(Operations.Everything, [new SlugPattern(SlugPattern.All)]);

    /// <summary>Of whom no rule names.</summary>
    public static AccessRights Nothing { get; } = new(Operations.None, []);

    public Operations May { get; }

    /// <summary>No config is hidden, so nothing is filtered.</summary>
    public bool SeesEverything { get; }

    public bool Allow(Operations operation) => (May & operation) == operation;

    /// <summary>The snapshot as this peer may know it: a config it may not see is not there and never was ([hello-3]).</summary>
    public ConfigSnapshot Visible(ConfigSnapshot snapshot) => SeesEverything ? snapshot : _visible.GetValue(snapshot, Filter);

    private ConfigSnapshot Filter(ConfigSnapshot snapshot) => snapshot with
    {
        Configs = snapshot.Configs.RemoveRange(snapshot.Configs.Keys.Where(Hides)),
        Tombstones = snapshot.Tombstones.RemoveRange(snapshot.Tombstones.Keys.Where(Hides)),
    };

    private bool Hides(string slug) => !_configs.Any(pattern => pattern.Matches(slug));
}
