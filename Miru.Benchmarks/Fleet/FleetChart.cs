using System.Globalization;
using System.Text;

namespace Miru.Benchmarks.Fleet;

/// <summary>The request rate of several runs over time, as a picture for <c>docs/</c>.</summary>
internal static class FleetChart
{
    private const int Width = 860;
    private const int Height = 320;
    private const int Left = 60;
    private const int Top = 30;
    private const int Bottom = 40;
    private const int Smoothing = 10;

    private static readonly string[] Colours = ["#1f77b4", "#d62728"];

    /// <param name="runs">Runs of the same length, each with its name.</param>
    public static string Draw(IReadOnlyList<(string Name, FleetResult Result)> runs)
    {
        var scenario = runs[0].Result.Scenario;
        var most = runs.Max(run => Math.Max(run.Result.Steady * 2.2, run.Result.PeakAfter * 1.05));
        double X(double second) => Left + (second / scenario.Until.TotalSeconds * (Width - Left - 20));
        double Y(double rate) => Height - Bottom - (Math.Min(rate, most) / most * (Height - Top - Bottom));
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"12\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"<rect width=\"{Width}\" height=\"{Height}\" fill=\"white\"/>\n");
        var (from, until) = (X(scenario.OutageFrom.TotalSeconds), X(scenario.OutageUntil.TotalSeconds));
        svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{from:0.#}\" y=\"{Top}\" width=\"{until - from:0.#}\" height=\"{Height - Top - Bottom}\" fill=\"#eee\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{from + 6:0.#}\" y=\"{Top + 16}\" fill=\"#666\">no cloud</text>\n");
        for (var rate = 0; rate < most; rate += 100)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Left}\" x2=\"{Width - 20}\" y1=\"{Y(rate):0.#}\" y2=\"{Y(rate):0.#}\" stroke=\"#ddd\"/><text x=\"{Left - 6}\" y=\"{Y(rate) + 4:0.#}\" text-anchor=\"end\">{rate}</text>\n");
        }

        for (var minute = 0; minute <= scenario.Until.TotalMinutes; minute += 30)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(minute * 60):0.#}\" y=\"{Height - 20}\" text-anchor=\"middle\">{minute} min</text>\n");
        }

        for (var run = 0; run < runs.Count; run++)
        {
            var (name, result) = runs[run];
            var points = result.Requests.Chunk(Smoothing).Select((chunk, index) => string.Create(CultureInfo.InvariantCulture, $"{X(index * Smoothing):0.#},{Y(chunk.Average()):0.#}"));
            svg.Append(CultureInfo.InvariantCulture, $"<polyline fill=\"none\" stroke=\"{Colours[run]}\" points=\"{string.Join(' ', points)}\"/>\n");
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Left}\" x2=\"{Width - 20}\" y1=\"{Y(2 * result.Steady):0.#}\" y2=\"{Y(2 * result.Steady):0.#}\" stroke=\"{Colours[run]}\" stroke-dasharray=\"4 4\"/>\n");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left + (run * 330)}\" y=\"18\" fill=\"{Colours[run]}\">{name}: requests a second (dashed: twice its steady rate)</text>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }
}
