namespace Miru.Agent.Deployments.Files;

/// <summary>All that is left to do when everything is staged. Doing it twice does no more than doing it once.</summary>
/// <param name="Files">What will stand.</param>
/// <param name="Removals">Files of ours that nobody needs any more.</param>
internal sealed record SwitchPlan(IReadOnlyList<PlannedFile> Files, IReadOnlyList<OwnedFile> Removals);
