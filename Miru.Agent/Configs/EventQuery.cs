namespace Miru.Agent.Configs;

/// <summary>Which lines of the event log.</summary>
/// <param name="Most">How many at most.</param>
/// <param name="After">Those that follow the event with this id, from the oldest on; null for the newest.</param>
/// <param name="Kinds">Only these; all if empty.</param>
internal sealed record EventQuery(int Most, long? After, IReadOnlyCollection<StoreEventKind> Kinds);
