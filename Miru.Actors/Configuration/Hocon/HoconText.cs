using System.Buffers;
using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>Which characters stand for themselves, and how to write those that do not.</summary>
internal static class HoconText
{
    private static readonly SearchValues<char> Reserved = SearchValues.Create("$\"{}[]:=,#`^?!@*&\\");
    private static readonly SearchValues<char> NeedsQuotes = SearchValues.Create("$\"{}[]:=,#`^?!@*&\\/ \t\r\n");

    /// <summary>Whether <paramref name="c"/> may stand in text without quotes.</summary>
    public static bool IsUnquoted(char c) => !char.IsWhiteSpace(c) && !Reserved.Contains(c);

    /// <summary><paramref name="text"/> so that parsing it yields the same again.</summary>
    public static string Quote(string text, bool inKey)
    {
        if (text is null) return "null";
        var plain = text.Length > 0 && !text.AsSpan().ContainsAny(NeedsQuotes) && !(inKey && text.Contains('.'));
        return plain ? text : Quoted(text);
    }

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ => c.ToString(),
            });
        }
        return quoted.Append('"').ToString();
    }
}
