using Miru.Agent.Configs;

namespace Miru.Agent.Connections;

/// <summary>One push to a watcher: a config's newest version, or the news that it was removed.</summary>
/// <param name="Slug">Which config.</param>
/// <param name="Sequence">The sequence that made it so; never falls within one watch.</param>
/// <param name="Version">The version, or <c>null</c> for a removal.</param>
/// <param name="Superseded">How many older pushes of the slug this one replaced before they could be sent.</param>
internal readonly record struct Delivery(string Slug, long Sequence, ConfigVersion? Version, int Superseded);
