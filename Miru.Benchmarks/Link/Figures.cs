using Miru.Benchmarks.Measuring;
using Newtonsoft.Json;

namespace Miru.Benchmarks.Link;

/// <summary>What one client saw in one round.</summary>
/// <param name="P50">Median time of a request, microseconds.</param>
/// <param name="P99">Its 99th percentile, microseconds.</param>
/// <param name="Rate">Requests per second.</param>
/// <param name="Cpu">CPU that the server's process burnt, microseconds per request.</param>
internal sealed record Figures(double P50, double P99, double Rate, double Cpu)
{
    /// <summary>Reads the line that a client prints.</summary>
    public static Figures Parse(string line) =>
        JsonConvert.DeserializeObject<Figures>(line) ?? throw new InvalidOperationException($"no figures: '{line}'");

    /// <summary>The same line.</summary>
    public string ToLine() => JsonConvert.SerializeObject(this, Formatting.None);

    /// <summary>The median of each figure over all rounds.</summary>
    public static Figures Median(IReadOnlyCollection<Figures> rounds) => new(
        Rounds.Median([.. rounds.Select(r => r.P50)]),
        Rounds.Median([.. rounds.Select(r => r.P99)]),
        Rounds.Median([.. rounds.Select(r => r.Rate)]),
        Rounds.Median([.. rounds.Select(r => r.Cpu)]));
}
