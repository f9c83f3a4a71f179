namespace Akka.Configuration.Hocon;

/// <summary>Builds the tree of a HOCON document in one pass, by recursive descent; references are resolved when the whole document is known.</summary>
public class Parser
{
    /// <summary>How deep values may nest: far more than any document needs, far less than the stack holds.</summary>
    private const int MaxDepth = 128;

    private readonly List<HoconSubstitution> _substitutions = [];
    private int _depth;
    private Func<string, HoconRoot> _include;
    private HoconReader _reader;

    /// <summary>Parses <paramref name="text"/>; <paramref name="includeCallback"/> supplies included documents and may be null if there are none.</summary>
    /// <exception cref="ConfigurationException">The text is malformed or refers to what is not there.</exception>
    public static HoconRoot Parse(string text, Func<string, HoconRoot> includeCallback)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parser = new Parser { _include = includeCallback, _reader = new HoconReader(text) };
        return parser.ParseDocument();
    }

    private HoconRoot ParseDocument()
    {
        var root = new HoconValue();
        _reader.SkipSpaceAndComments();
        var start = _reader.Position;
        var braces = _reader.TryTake("{");
        ParseMembers(root, "", braces ? start : null);
        if (braces)
        {
            _reader.SkipSpaceAndComments();
            if (!_reader.AtEnd) throw _reader.Position.Error("nothing may follow the closing brace of the document.");
        }
        HoconResolver.Resolve(root, _substitutions);
        return new HoconRoot(root, _substitutions);
    }

    /// <summary>Reads members up to the brace that closes the one at <paramref name="opening"/>, or to the end of a document without braces.</summary>
    private void ParseMembers(HoconValue owner, string path, HoconPosition? opening)
    {
        OwnObject(owner);
        while (true)
        {
            _reader.SkipSpaceAndComments();
            if (_reader.AtEnd && opening is { } unclosed) throw unclosed.Error("the brace is never closed.");
            if (_reader.AtEnd || (opening is not null && _reader.TryTake("}"))) return;
            if (_reader.TryTake(",")) continue;
            if (!TryParseInclude(owner, path)) ParseMember(owner, path);
        }
    }

    private void ParseMember(HoconValue owner, string path)
    {
        var value = owner;
        do
        {
            var key = ParseKey();
            path = HoconPath.Join(path, key);
            value = OwnObject(value).GetOrCreateKey(key);
            _reader.TakeInlineSpace();
        }
        while (_reader.TryTake("."));

        _reader.SkipSpaceAndComments();
        var position = _reader.Position;
        if (_reader.Next == '{') ParseNested(value, path);
        else if (_reader.TryTake("+=")) ParseAppended(value, path);
        else if (_reader.TryTake("=") || _reader.TryTake(":")) ParseAssigned(value, path);
        else throw position.Error($"'=', ':', '+=' or '{{' is expected after the key '{path}'.");
    }

    private string ParseKey()
    {
        _reader.TakeInlineSpace();
        if (_reader.Next == '"') return _reader.TakeQuoted();
        var key = _reader.TakeUnquotedKey();
        return key.Length > 0 ? key : throw _reader.Position.Error(_reader.AtEnd ? "a key is expected." : $"a key is expected instead of '{_reader.Next}'.");
    }

    private bool TryParseInclude(HoconValue owner, string path)
    {
        var start = _reader.Position;
        if (!_reader.TryTakeInclude()) return false;
        var name = _reader.TakeQuoted();
        if (_include is null) throw start.Error($"\"{name}\" cannot be included: no callback for includes was given.");
        var included = _include(name) ?? throw start.Error($"\"{name}\" is not known to the callback for includes.");
        foreach (var substitution in included.Substitutions)
        {
            // The included document wrote its paths from its own root, which is here.
            if (path.Length > 0) substitution.Path = $"{path}.{substitution.Path}";
            _substitutions.Add(substitution);
        }
        if (included.Value.GetObject() is { } members) OwnObject(owner).Merge(members);
        return true;
    }

    private void ParseNested(HoconValue value, string path)
    {
        if (value.Values.Any(element => element is HoconLiteral or HoconArray)) value.Clear();
        ParseElement(value, path, value);
    }

    private void ParseAssigned(HoconValue value, string path)
    {
        _reader.SkipSpaceAndComments();
        var previous = Snapshot(value);
        // An object over an object merges; anything else replaces what was there.
        if (!(_reader.Next == '{' && value.IsObject())) value.Clear();
        ParseElements(value, path, previous);
        if (previous.Values.Count > 0 && value.Values is [HoconSubstitution { IsOptional: true } only]) only.Otherwise = previous;
    }

    private void ParseAppended(HoconValue value, string path)
    {
        if (!value.IsArray() && value.Values.Any(element => element is not HoconSubstitution))
            throw _reader.Position.Error($"'+=' needs an array at '{path}'.");
        _reader.SkipSpaceAndComments();
        var item = new HoconValue();
        ParseElements(item, path, Snapshot(value));
        value.AppendValue(new HoconArray { item });
    }

    private void ParseElements(HoconValue value, string path, HoconValue previous)
    {
        var position = _reader.Position;
        var found = false;
        for (var space = ""; !AtEndOfValue(); space = _reader.TakeInlineSpace())
        {
            if (space.Length > 0 && value.Values.LastOrDefault() is HoconLiteral or HoconSubstitution && _reader.Next is not ('{' or '['))
                value.AppendValue(new HoconLiteral { Value = space });
            ParseElement(value, path, previous);
            found = true;
        }
        if (!found) throw position.Error($"a value is expected for '{path}'.");
        _reader.TryTake(",");
    }

    private void ParseElement(HoconValue value, string path, HoconValue previous)
    {
        var position = _reader.Position;
        if (++_depth > MaxDepth) throw position.Error($"values nest more than {MaxDepth} deep.");
        if (_reader.TryTake("{"))
        {
            if (value.Values.Any(element => element is HoconLiteral or HoconArray)) throw position.Error("an object cannot follow a text or an array.");
            ParseMembers(value, path, position);
        }
        else if (value.Values.LastOrDefault() is HoconObject) throw position.Error("only another object can follow an object; is a comma or a line end missing?");
        else if (_reader.TryTake("[")) value.AppendValue(ParseItems(path, position));
        else if (_reader.TryTake("${")) value.AppendValue(ParseSubstitution(path, previous, position));
        else if (_reader.Next == '"') value.AppendValue(new HoconLiteral { Value = _reader.TakeQuoted() });
        else value.AppendValue(new HoconLiteral { Value = ParseUnquoted() });
        _depth--;
    }

    private HoconArray ParseItems(string path, HoconPosition opening)
    {
        var items = new HoconArray();
        while (true)
        {
            _reader.SkipSpaceAndComments();
            if (_reader.AtEnd) throw opening.Error("the bracket is never closed.");
            if (_reader.TryTake("]")) return items;
            var item = new HoconValue();
            ParseElements(item, path, new HoconValue());
            items.Add(item);
        }
    }

    private HoconSubstitution ParseSubstitution(string path, HoconValue previous, HoconPosition position)
    {
        var optional = _reader.TryTake("?");
        var substitution = new HoconSubstitution(_reader.TakeThrough('}').Trim()) { IsOptional = optional, Position = position };
        // A reference to the key being defined means what the key was before; it is known now, and is no cycle.
        if (substitution.Path == path && previous.Values.Count > 0) substitution.ResolvedValue = previous;
        else if (substitution.Path != path || !optional) _substitutions.Add(substitution);
        return substitution;
    }

    private string ParseUnquoted()
    {
        var text = _reader.TakeUnquoted();
        if (text.Length == 0) throw _reader.Position.Error($"'{_reader.Next}' is not allowed in a text without quotes.");
        if (_reader.Next is '=' or ':') throw _reader.Position.Error($"'{_reader.Next}' is not allowed in a text without quotes: is a value missing before, or are quotes?");
        return text;
    }

    private bool AtEndOfValue() => _reader.AtEnd || _reader.Next is '\n' or ',' or '}' or ']' || _reader.AtComment;

    private static HoconValue Snapshot(HoconValue value)
    {
        var copy = new HoconValue();
        copy.Values.AddRange(value.Values);
        return copy;
    }

    /// <summary>The object into which members of <paramref name="owner"/> are written; a reference beside it stays and is merged under it later.</summary>
    private static HoconObject OwnObject(HoconValue owner)
    {
        if (owner.Values.LastOrDefault() is HoconObject last) return last;
        var created = new HoconObject();
        if (owner.Values.Any(element => element is HoconSubstitution)) owner.AppendValue(created);
        else owner.NewValue(created);
        return created;
    }
}
