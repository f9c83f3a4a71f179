using System.Buffers;
using System.Text;
using Newtonsoft.Json;

namespace Miru.Protocol;

/// <summary>JSON in headers and bodies, read token by token, without reflection (clause frame-3).</summary>
internal static class JsonText
{
    private static readonly IArrayPool<char> Characters = new CharacterPool();

    public static JsonMembers ParseObject(ReadOnlySpan<byte> text) =>
        Parse(text) as JsonMembers ?? throw new ViolationException(Clauses.Frame3, "expected one JSON object");

    public static List<JsonMembers> ParseObjects(ReadOnlySpan<byte> text) => ParseArray<JsonMembers>(text, "objects");

    public static List<string> ParseStrings(ReadOnlySpan<byte> text) => ParseArray<string>(text, "strings");

    private static List<T> ParseArray<T>(ReadOnlySpan<byte> text, string what)
    {
        if (Parse(text) is List<object?> items && items.TrueForAll(static item => item is T))
        {
            return items.ConvertAll(static item => (T)item!);
        }

        throw new ViolationException(Clauses.Frame3, $"expected a JSON array of {what}");
    }

    private static object? Parse(ReadOnlySpan<byte> text)
    {
        if (!JsonGrammar.Accepts(text))
        {
            throw new ViolationException(Clauses.Frame3, "not JSON in UTF-8");
        }

        try
        {
            using var reader = new JsonTextReader(new StringReader(Encoding.UTF8.GetString(text)))
            {
                ArrayPool = Characters,
                DateParseHandling = DateParseHandling.None,
                MaxDepth = ProtocolLimits.MaxJsonDepth,
            };
            reader.Read();
            return Value(reader);
        }
        catch (JsonReaderException)
        {
            // What remains after the grammar: numbers of more digits than the reader takes.
            throw new ViolationException(Clauses.Frame3, "a number has too many digits");
        }
    }

    // Recursion is bounded: the grammar has checked the depth.
    private static object? Value(JsonTextReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonToken.StartObject:
                var members = new JsonMembers();
                while (reader.Read() && reader.TokenType == JsonToken.PropertyName)
                {
                    var name = (string)reader.Value!;
                    reader.Read();
                    members.Add(name, Value(reader));
                }

                return members;
            case JsonToken.StartArray:
                var items = new List<object?>();
                while (reader.Read() && reader.TokenType != JsonToken.EndArray)
                {
                    items.Add(Value(reader));
                }

                return items;
            default:
                return reader.Value;
        }
    }

    private sealed class CharacterPool : IArrayPool<char>
    {
        public char[] Rent(int minimumLength) => ArrayPool<char>.Shared.Rent(minimumLength);

        public void Return(char[]? array)
        {
            if (array is not null)
            {
                ArrayPool<char>.Shared.Return(array);
            }
        }
    }
}
