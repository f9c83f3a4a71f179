namespace Miru.Benchmarks.Link;

/// <summary>One load in one placement, and the rows that are read off it.</summary>
/// <param name="Rounds">Measured rounds of each stack; they alternate, so that a machine whose speed drifts slows all.</param>
internal sealed record Experiment(Placement Placement, Load Load, int Rounds, IReadOnlyList<LinkRow> Rows);
