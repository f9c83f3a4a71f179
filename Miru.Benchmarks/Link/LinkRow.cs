using Miru.Benchmarks.Reporting;

namespace Miru.Benchmarks.Link;

/// <summary>A row of the report, as a figure of one stack beside the same figure of another.</summary>
/// <param name="Floor">The stack it is held against; null where the figure stands alone.</param>
/// <param name="Pick">Which figure.</param>
internal sealed record LinkRow(string Name, Stack Ours, Stack? Floor, Func<Figures, double> Pick, string Unit, double? Target)
{
    public IEnumerable<Stack> Stacks => Floor is { } floor ? [floor, Ours] : [Ours];

    public Row Read(IReadOnlyDictionary<Stack, Figures> figures) =>
        new(Name, Pick(figures[Ours]), Unit, Floor is { } floor ? Pick(figures[floor]) : null, Target);
}
