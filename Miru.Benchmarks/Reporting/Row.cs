namespace Miru.Benchmarks.Reporting;

/// <summary>
/// One measured figure beside the floor it is held against. Figures of one machine mean little; the ratio carries over.
/// </summary>
/// <param name="Name">Stable name, for example <c>tell_one_to_one</c>.</param>
/// <param name="Value">What was measured, in <paramref name="Unit"/>; null where it could not be.</param>
/// <param name="Floor">The peer's value in the same unit and the same run; null where the peer is missing or the figure stands alone.</param>
/// <param name="Target">The bound for the ratio, or for the value where there is no floor; null where the figure is reported only.</param>
internal sealed record Row(string Name, double? Value, string Unit, double? Floor, double? Target)
{
    /// <summary>The target is the least, not the most.</summary>
    public bool MoreIsBetter { get; init; }

    /// <summary>What a reader of the figure must know, such as why it is missing.</summary>
    public string? Note { get; init; }

    public double? Ratio => Value / Floor;

    /// <summary>Whether the target holds; null where there is none.</summary>
    public bool? Met => Target is { } bound && (Ratio ?? Value) is { } reached ? (MoreIsBetter ? reached >= bound : reached <= bound) : null;

    /// <summary>A figure that this machine cannot measure.</summary>
    public static Row Missing(string name, string unit, string why) => new(name, null, unit, null, null) { Note = why };
}
