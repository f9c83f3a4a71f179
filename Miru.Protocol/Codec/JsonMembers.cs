namespace Miru.Protocol;

/// <summary>
/// The members of one JSON object, read strictly: a missing required member or a wrong type is a violation, an unknown
/// member is ignored, <c>null</c> is the same as absent, and of two members with one name the last counts.
/// </summary>
internal sealed class JsonMembers
{
    public static readonly JsonMembers None = new();

    private readonly List<KeyValuePair<string, object?>> _members = [];

    public void Add(string name, object? value) => _members.Add(new(name, value));

    public ViolationException Broken(string name, string expected) =>
        new(Clauses.Frame3, $"member '{name}': expected {expected}");

    public string String(string name) => Find(name) as string ?? throw Broken(name, "a string");

    public string? OptionalString(string name) => Find(name) is null ? null : String(name);

    public bool Boolean(string name) => Find(name) is bool value ? value : throw Broken(name, "true or false");

    public long Natural(string name) => Find(name) is long value and >= 0 ? value : throw Broken(name, "an integer of 0 or more");

    public long OptionalNatural(string name) => Find(name) is null ? 0 : Natural(name);

    public int Integer(string name, int least, int most) =>
        Find(name) is long value && value >= least && value <= most
            ? (int)value
            : throw Broken(name, $"an integer from {least} to {most}");

    public IReadOnlyList<string> OptionalStrings(string name) =>
        Find(name) is null ? [] : Array<string, string>(name, static item => item, "an array of strings");

    public IReadOnlyList<int> Integers(string name) => Array<long, int>(
        name,
        item => item is >= int.MinValue and <= int.MaxValue ? (int)item : throw Broken(name, "an array of 32-bit integers"),
        "an array of integers");

    public JsonMembers? OptionalObject(string name) => Find(name) switch
    {
        null => null,
        JsonMembers members => members,
        _ => throw Broken(name, "an object"),
    };

    public Cursor Cursor() => new(String("epoch"), Natural("sequence"));

    public (IReadOnlyList<string> Slugs, bool All) Selection()
    {
        var all = Find("all") is not null && Boolean("all");
        var slugs = OptionalStrings("slugs");
        return all == slugs.Count > 0 ? throw Broken("slugs", "names, or \"all\":true instead") : (slugs, all);
    }

    private List<TItem> Array<TValue, TItem>(string name, Converter<TValue, TItem> convert, string expected) =>
        Find(name) is List<object?> items && items.TrueForAll(static item => item is TValue)
            ? items.ConvertAll(item => convert((TValue)item!))
            : throw Broken(name, expected);

    private object? Find(string name)
    {
        for (var index = _members.Count - 1; index >= 0; index--)
        {
            if (_members[index].Key == name)
            {
                return _members[index].Value;
            }
        }

        return null;
    }
}
