using System.Globalization;
using Newtonsoft.Json;

namespace Miru.Benchmarks.Reporting;

/// <summary>The rows of one run, as a table for people and as JSON for whoever compares runs.</summary>
internal sealed class Report
{
    private readonly List<Row> _rows = [];

    public IReadOnlyList<Row> Rows => _rows;

    /// <summary>Prints the row at once: a long run shows where it is.</summary>
    public void Add(Row row)
    {
        if (_rows.Count == 0)
            Console.WriteLine($"{"name",-30} {"value",12} {"floor",12} {"ratio",7} {"target",7}");
        _rows.Add(row);
        var met = row.Note ?? row.Met switch { true => "met", false => "SHORT", null => "" };
        Console.WriteLine($"{row.Name,-30} {Number(row.Value),12} {Number(row.Floor),12} {Number(row.Ratio),7} {Number(row.Target),7} {met,-5}  {row.Unit}");
    }

    /// <summary>Writes the rows as a JSON list of <c>{name, value, unit, floor, ratio, target, met}</c>; a row that could not be measured has a <c>note</c> too.</summary>
    public void Save(string path) => File.WriteAllText(path, JsonConvert.SerializeObject(_rows.Select(Members), Formatting.Indented) + "\n");

    private static Dictionary<string, object?> Members(Row row)
    {
        var members = new Dictionary<string, object?>
        {
            ["name"] = row.Name,
            ["value"] = row.Value,
            ["unit"] = row.Unit,
            ["floor"] = row.Floor,
            ["ratio"] = row.Ratio,
            ["target"] = row.Target,
            ["met"] = row.Met,
        };
        if (row.Note is { } note)
            members["note"] = note;
        return members;
    }

    private static string Number(double? value) => value switch
    {
        null => "-",
        >= 1000 => value.Value.ToString("N0", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("0.##", CultureInfo.InvariantCulture),
    };
}
