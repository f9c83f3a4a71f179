namespace Miru.Agent.Configs;

/// <summary>An operator's wish, as it lies in the state directory.</summary>
/// <param name="Id">Names this wish, so that it is carried out once.</param>
/// <param name="To">A deployment's id, a sequence, or null for the deployment before the current one.</param>
internal sealed record RollbackRequest(string Id, string? To);
