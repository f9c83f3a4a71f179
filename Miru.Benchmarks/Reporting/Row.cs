namespace Miru.Benchmarks.Reporting;

/// <summary>
/// One measured figure beside the floor it is held against. Figures of one machine mean little; the ratio carries over.
/// </summary>
/// <param name="Name">Stable name, for example <c>tell_one_to_one</c>.</param>
/// <param name="Value">What was measured, in <paramref name="Unit"/>.</param>
/// <param name="Floor">The peer's value in the same unit and the same run; null where the peer is missing or the figure stands alone.</param>
/// <param name="Target">The bound for the ratio, or for the value where there is no floor; null where the figure is reported only.</param>
internal sealed record Row(string Name, double Value, string Unit, double? Floor, double? Target)
{
    public double? Ratio => Value / Floor;

    /// <summary>Whether the target holds; null where there is none.</summary>
    public bool? Met => Target is { } bound ? (Ratio ?? Value) <= bound : null;
}
