using Miru.Agent.Configs;

namespace Miru.Agent.Connections;

/// <summary>One slug that a newer snapshot holds otherwise.</summary>
/// <param name="Slug">Which config changed.</param>
/// <param name="Sequence">The sequence of the change.</param>
/// <param name="Version">The new version, or <c>null</c> for a removal.</param>
internal sealed record ConfigChange(string Slug, long Sequence, ConfigVersion? Version);
