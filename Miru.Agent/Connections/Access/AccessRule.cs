namespace Miru.Agent.Connections.Access;

/// <summary>One line of <c>miru.access.rules</c>. Rules only ever grant, so their order means nothing.</summary>
/// <param name="Who">Whom it is for.</param>
/// <param name="May">What they may do.</param>
/// <param name="Configs">Which configs <see cref="Operations.Read"/> is about.</param>
internal sealed record AccessRule(Principal Who, Operations May, IReadOnlyList<SlugPattern> Configs);
