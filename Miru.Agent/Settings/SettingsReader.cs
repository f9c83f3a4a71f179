using System.Globalization;

namespace Miru.Agent.Settings;

/// <summary>
/// Reads typed values out of settings files and collects what is wrong instead of throwing at the first mistake. After a problem a read
/// returns any value of its type: whoever reads must look at <see cref="Problems"/> before using one.
/// </summary>
/// <remarks>Keys are given without the root <c>miru.</c>; later sources win over earlier ones, and the first one is the reference.</remarks>
internal sealed class SettingsReader
{
    private const string Root = "miru.";
    private const string PathExpected = "expected a path that starts with / and has no '..'";

    private readonly IReadOnlyList<SettingsSource> _sources;
    private readonly List<SettingsProblem> _problems = [];

    public SettingsReader(IReadOnlyList<SettingsSource> sources)
    {
        _sources = sources;
        var reference = sources[0];
        foreach (var source in sources.Skip(1))
        {
            foreach (var key in source.Values.Keys.Where(key => !reference.Values.ContainsKey(key)))
            {
                _problems.Add(Unknown(source, key, reference.Values.Keys));
            }
        }
    }

    public IReadOnlyList<SettingsProblem> Problems => _problems;

    public string Text(string key) => Find(key).Value.Text ?? Wrong(key, "is a list", "expected a single value", "");

    /// <summary>An absolute path without <c>..</c>.</summary>
    public string AbsolutePath(string key) => IsAbsolute(Text(key)) ? Text(key) : Wrong(key, $"'{Text(key)}' is not an absolute path", PathExpected, "/");

    public IReadOnlyList<string> AbsolutePaths(string key)
    {
        var paths = Texts(key);
        var bad = paths.Where(path => !IsAbsolute(path)).ToList();
        return bad.Count == 0 ? paths : Wrong(key, $"'{string.Join("', '", bad)}' is not an absolute path", PathExpected, paths);
    }

    public IReadOnlyList<string> Texts(string key) => Find(key).Value switch
    {
        { Items: { } items } => items,
        _ => Wrong<IReadOnlyList<string>>(key, "is a single value", "expected a list, such as [\"a\", \"b\"]", []),
    };

    /// <summary>A list of objects; an object with other members than these is a problem.</summary>
    /// <param name="shape">What an entry looks like, for who wrote another.</param>
    public IReadOnlyList<SettingsEntry> Entries(string key, string shape, params string[] members)
    {
        var (source, value) = Find(key);
        if (value is not { Objects: { } objects })
        {
            return value is { Items.Count: 0 } ? [] : Wrong<IReadOnlyList<SettingsEntry>>(key, "is not a list of objects", $"expected [{{ … }}, …]: {shape}", []);
        }

        var entries = new List<SettingsEntry>();
        foreach (var (index, entry) in objects.Index())
        {
            var name = $"{key}[{index}]";
            foreach (var member in entry.Keys.Except(members))
            {
                Report(source, $"{name}.{member}", "is not a setting", shape);
            }

            entries.Add(new SettingsEntry(
                source == _sources[0], entry, (member, reason, expected) => Report(source, member.Length == 0 ? name : $"{name}.{member}", reason, expected)));
        }

        return entries;
    }

    /// <summary>A duration with its unit, both bounds included.</summary>
    public TimeSpan Duration(string key, TimeSpan min, TimeSpan max)
    {
        var expected = $"expected a duration from {Quantities.Format(min)} to {Quantities.Format(max)}, with its unit, such as {Quantities.Format(max)}";
        return !Quantities.TryDuration(Text(key), out var value) ? Wrong(key, $"'{Text(key)}' is not a duration", expected, min)
            : value < min || value > max ? Wrong(key, $"{Text(key)} is out of range", expected, min)
            : value;
    }

    /// <summary>A size in bytes, given with its unit, both bounds included.</summary>
    public int Size(string key, long min, long max)
    {
        var expected = $"expected a size from {Quantities.Format(min)} to {Quantities.Format(max)}, with its unit, such as {Quantities.Format(max)}";
        return !Quantities.TrySize(Text(key), out var value) ? Wrong(key, $"'{Text(key)}' is not a size", expected, (int)min)
            : value < min || value > max ? Wrong(key, $"{Text(key)} is out of range", expected, (int)min)
            : (int)value;
    }

    public int Whole(string key, int min, int max)
    {
        var expected = $"expected a whole number from {min} to {max}";
        return !int.TryParse(Text(key), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? Wrong(key, $"'{Text(key)}' is not a whole number", expected, min)
            : value < min || value > max ? Wrong(key, $"{value} is out of range", expected, min)
            : value;
    }

    public double Fraction(string key, double min, double max)
    {
        var expected = string.Create(CultureInfo.InvariantCulture, $"expected a number from {min} to {max}");
        return !double.TryParse(Text(key), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? Wrong(key, $"'{Text(key)}' is not a number", expected, min)
            : value < min || value > max ? Wrong(key, $"{Text(key)} is out of range", expected, min)
            : value;
    }

    public string Choice(string key, params ReadOnlySpan<string> choices) => choices.Contains(Text(key))
        ? Text(key)
        : Wrong(key, $"'{Text(key)}' is none of the choices", $"expected {string.Join(", ", choices)}", choices[0]);

    /// <summary>Permission bits in octal with a leading zero, such as <c>0640</c>; the owner can always read.</summary>
    public UnixFileMode FileMode(string key)
    {
        var text = Text(key);
        return text.Length == 4 && text[0] == '0' && text.All(digit => digit is >= '0' and <= '7') && Convert.ToInt32(text, 8) is >= 0x100 and var mode
            ? (UnixFileMode)mode
            : Wrong(key, $"'{text}' is not a file mode", "expected four octal digits from 0400 to 0777, such as 0640", UnixFileMode.None);
    }

    /// <summary>Records a problem that only the caller can see, for example between two keys.</summary>
    public void Refuse(string key, string reason, string expected) => Wrong(key, reason, expected, false);

    private static bool IsAbsolute(string path) => path.StartsWith('/') && !path.Split('/').Contains("..") && !path.Contains('\0');

    /// <summary>One problem a key: a value that is already wrong is not worth a second sentence.</summary>
    private T Wrong<T>(string key, string reason, string expected, T fallback)
    {
        Report(Find(key).Source, key, reason, expected);
        return fallback;
    }

    private void Report(SettingsSource source, string key, string reason, string expected)
    {
        if (!_problems.Exists(problem => problem.Key == Root + key))
        {
            _problems.Add(new SettingsProblem(source.File, Root + key, reason, expected));
        }
    }

    private (SettingsSource Source, SettingValue Value) Find(string key)
    {
        for (var i = _sources.Count - 1; i >= 0; i--)
        {
            if (_sources[i].Values.TryGetValue(Root + key, out var value))
            {
                return (_sources[i], value);
            }
        }

        throw new InvalidOperationException($"{_sources[0].File} has no {Root}{key}: the code reads a setting that the reference does not define.");
    }

    private static SettingsProblem Unknown(SettingsSource source, string key, IEnumerable<string> known) =>
        new(source.File, key, "is not a setting", NearestName.Of(key, known) is { } nearest ? $"did you mean {nearest}?" : "every setting stands in miru.reference.conf");
}
