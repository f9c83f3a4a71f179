using Miru.Benchmarks.Reporting;

namespace Miru.Benchmarks.Link;

/// <summary>A row of the report, as a figure of one stack beside the same figure of another.</summary>
/// <param name="Floor">The stack it is held against; null where the figure stands alone.</param>
/// <param name="Pick">Which figure.</param>
/// <param name="Target">The most that the ratio may be; null where it is reported only.</param>
internal sealed record LinkRow(string Name, Stack Ours, Stack? Floor, Figure Pick, double? Target = null)
{
    /// <summary>The target is the least that the ratio may be.</summary>
    public bool AtLeast { get; init; }

    public IEnumerable<Stack> Stacks => Floor is { } floor ? [floor, Ours] : [Ours];

    public Row Read(IReadOnlyDictionary<Stack, Figures> figures) =>
        new(Name, Pick.Of(figures[Ours]), Pick.Unit, Floor is { } floor ? Pick.Of(figures[floor]) : null, Target) { MoreIsBetter = AtLeast };

    public Row Missing(string why) => Row.Missing(Name, Pick.Unit, why);
}
