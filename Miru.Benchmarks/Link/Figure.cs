namespace Miru.Benchmarks.Link;

/// <summary>One of the <see cref="Figures"/>, with its unit.</summary>
internal sealed record Figure(Func<Figures, double> Of, string Unit)
{
    public static Figure P50 { get; } = new(figures => figures.P50, "us");

    public static Figure P99 { get; } = new(figures => figures.P99, "us");

    public static Figure Rate { get; } = new(figures => figures.Rate, "1/s");

    public static Figure Cpu { get; } = new(figures => figures.Cpu, "us CPU/request");
}
