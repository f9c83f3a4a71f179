namespace Miru.Agent.Configs;

/// <summary>One line of the event log.</summary>
/// <param name="Id">Grows with every event and is never given twice.</param>
/// <param name="At">The wall clock when it was written; for people, nothing is ordered by it.</param>
/// <param name="DeploymentId">The deployment it is about, if it is about one.</param>
/// <param name="Sequence">The sequence that it made current, if it did.</param>
/// <param name="Detail">Why, for people; at most <see cref="EventTable.MaxDetail"/> bytes, never a config's value.</param>
internal sealed record StoreEvent(long Id, DateTimeOffset At, StoreEventKind Kind, string? DeploymentId, long? Sequence, string? Detail);
