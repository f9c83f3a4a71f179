using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Miru.Benchmarks.Reporting;

/// <summary>The rows of a run as a table in a page, between two marks; the prose around it stays.</summary>
internal static class MarkdownTable
{
    private const string Begin = "<!-- rows: written by --markdown, not by hand -->";
    private const string End = "<!-- /rows -->";

    /// <summary>Replaces what stands between the marks.</summary>
    /// <exception cref="InvalidOperationException">The page has no marks.</exception>
    public static void Write(string page, IEnumerable<Row> rows)
    {
        var text = File.ReadAllText(page);
        var (from, to) = (text.IndexOf(Begin, StringComparison.Ordinal), text.IndexOf(End, StringComparison.Ordinal));
        if (from < 0 || to < from)
            throw new InvalidOperationException($"{page} has no '{Begin}' … '{End}'");
        File.WriteAllText(page, $"{text[..(from + Begin.Length)]}\n{Render(rows)}{text[to..]}");
    }

    private static string Render(IEnumerable<Row> rows)
    {
        var table = new StringBuilder();
        table.Append(CultureInfo.InvariantCulture, $"\nMachine: {Processor()}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}.\n\n");
        table.Append("| row | value | held against | ratio | target | |\n|---|---|---|---|---|---|\n");
        foreach (var row in rows)
            table.Append(CultureInfo.InvariantCulture, $"| `{row.Name}` | {Number(row.Value)} {row.Unit} | {Number(row.Floor)} | {Number(row.Ratio)} | {Target(row)} | {Verdict(row)} |\n");
        return table.Append('\n').ToString();
    }

    private static string Target(Row row) => row.Target is { } target ? $"{(row.MoreIsBetter ? "≥" : "≤")} {Number(target)}" : "";

    private static string Verdict(Row row) => row.Note ?? row.Met switch { true => "met", false => "**short**", null => "reported" };

    private static string Number(double? value) => value switch
    {
        null => "–",
        >= 1000 => value.Value.ToString("N0", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("0.##", CultureInfo.InvariantCulture),
    };

    private static string Processor() => File.ReadLines("/proc/cpuinfo")
        .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
}
