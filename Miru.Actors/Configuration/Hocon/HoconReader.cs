using System.Globalization;
using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>A cursor over the text of a document that knows its lexical rules: space, comments, quotes, escapes, unquoted text.</summary>
internal sealed class HoconReader(string text)
{
    private const string TripleQuote = "\"\"\"";
    private int _index;

    public bool AtEnd => _index >= text.Length;

    /// <summary>The next character; NUL at the end.</summary>
    public char Next => AtEnd ? '\0' : text[_index];

    public HoconPosition Position => new(text, _index);

    public bool At(string expected) => string.CompareOrdinal(text, _index, expected, 0, expected.Length) == 0;

    public bool AtComment => At("#") || At("//");

    /// <summary>Moves over <paramref name="expected"/> if it is next.</summary>
    public bool TryTake(string expected)
    {
        if (!At(expected)) return false;
        _index += expected.Length;
        return true;
    }

    /// <summary>Moves to the quoted name of an <c>include "name"</c> if one is next; a key that merely starts with that word is none.</summary>
    public bool TryTakeInclude()
    {
        const string Keyword = "include";
        if (!At(Keyword)) return false;
        var name = _index + Keyword.Length;
        while (name < text.Length && (text[name] is ' ' or '\t')) name++;
        if (name == _index + Keyword.Length || name >= text.Length || text[name] != '"') return false;
        _index = name;
        return true;
    }

    /// <summary>Moves over space, line ends and comments.</summary>
    public void SkipSpaceAndComments()
    {
        while (!AtEnd)
        {
            if (char.IsWhiteSpace(Next)) _index++;
            else if (AtComment) SkipLine();
            else return;
        }
    }

    /// <summary>The spaces and tabs up to the next other character.</summary>
    public string TakeInlineSpace()
    {
        var start = _index;
        while (Next is ' ' or '\t' or '\r') _index++;
        return text[start.._index];
    }

    /// <summary>Text without quotes, up to space or a reserved character; empty if there is none.</summary>
    public string TakeUnquoted() => TakeWhile(HoconText.IsUnquoted);

    /// <summary>A key without quotes, which may contain spaces between its words.</summary>
    public string TakeUnquotedKey() => TakeWhile(c => c != '.' && !At("+=") && (c is ' ' or '\t' || HoconText.IsUnquoted(c))).Trim();

    /// <summary>The content of a text in double or triple quotes; escapes count in the former only.</summary>
    public string TakeQuoted()
    {
        var opening = Position;
        return TryTake(TripleQuote) ? TakeRaw(opening) : TakeEscaped(opening);
    }

    /// <summary>All up to <paramref name="end"/> on the same line, and moves over the end.</summary>
    public string TakeThrough(char end)
    {
        var start = _index;
        while (!AtEnd && Next != end && Next != '\n') _index++;
        if (Next != end) throw Position.Error($"'{end}' is missing.");
        return text[start.._index++];
    }

    private string TakeRaw(HoconPosition opening)
    {
        var end = text.IndexOf(TripleQuote, _index, StringComparison.Ordinal);
        if (end < 0) throw opening.Error("the triple-quoted text is never closed.");
        var content = text[_index..end];
        _index = end + TripleQuote.Length;
        return content;
    }

    private string TakeEscaped(HoconPosition opening)
    {
        var content = new StringBuilder();
        for (_index++; Next != '"'; _index++)
        {
            if (AtEnd || Next == '\n') throw opening.Error("the quoted text is never closed.");
            content.Append(Next == '\\' ? Escape() : Next);
        }
        _index++;
        return content.ToString();
    }

    private char Escape()
    {
        var start = Position;
        _index++;
        switch (Next)
        {
            case '"' or '\\' or '/': return Next;
            case 'b': return '\b';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'u' when _index + 4 < text.Length && ushort.TryParse(text.AsSpan(_index + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                _index += 4;
                return (char)code;
            default: throw start.Error($"unknown escape code '\\{Next}'.");
        }
    }

    private string TakeWhile(Func<char, bool> belongs)
    {
        var start = _index;
        while (!AtEnd && !AtComment && belongs(Next)) _index++;
        return text[start.._index];
    }

    private void SkipLine()
    {
        var end = text.IndexOf('\n', _index);
        _index = end < 0 ? text.Length : end;
    }
}
