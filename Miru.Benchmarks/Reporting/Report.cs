using System.Globalization;
using Newtonsoft.Json;

namespace Miru.Benchmarks.Reporting;

/// <summary>The rows of one run, as a table for people and as JSON for whoever compares runs.</summary>
internal sealed class Report
{
    private readonly List<Row> _rows = [];

    /// <summary>Prints the row at once: a long run shows where it is.</summary>
    public void Add(Row row)
    {
        if (_rows.Count == 0)
            Console.WriteLine($"{"name",-28} {"value",12} {"floor",12} {"ratio",7} {"target",7}");
        _rows.Add(row);
        var met = row.Note ?? row.Met switch { true => "met", false => "SHORT", null => "" };
        Console.WriteLine($"{row.Name,-28} {Number(row.Value),12} {Number(row.Floor),12} {Number(row.Ratio),7} {Number(row.Target),7} {met,-5}  {row.Unit}");
    }

    /// <summary>Writes the rows as a JSON list of <c>{name, value, unit, floor, ratio, target, met}</c>.</summary>
    public void Save(string path) => File.WriteAllText(path, JsonConvert.SerializeObject(
        _rows.Select(r => new { name = r.Name, value = r.Value, unit = r.Unit, floor = r.Floor, ratio = r.Ratio, target = r.Target, met = r.Met }),
        Formatting.Indented) + "\n");

    private static string Number(double? value) => value switch
    {
        null => "-",
        >= 1000 => value.Value.ToString("N0", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("0.##", CultureInfo.InvariantCulture),
    };
}
