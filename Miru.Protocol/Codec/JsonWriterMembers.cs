using Newtonsoft.Json;

namespace Miru.Protocol;

/// <summary>How members are written: optional ones are absent, never <c>null</c>.</summary>
internal static class JsonWriterMembers
{
    public static void WriteMember(this JsonWriter json, string name, string value)
    {
        json.WriteName(name);
        json.WriteValue(value);
    }

    public static void WriteMember(this JsonWriter json, string name, long value)
    {
        json.WriteName(name);
        json.WriteValue(value);
    }

    public static void WriteMember(this JsonWriter json, string name, bool value)
    {
        json.WriteName(name);
        json.WriteValue(value);
    }

    public static void WriteMember(this JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteName(name);
        json.WriteStrings(values);
    }

    public static void WriteMember(this JsonWriter json, string name, IReadOnlyList<int> values)
    {
        json.WriteName(name);
        json.WriteStartArray();
        foreach (var value in values)
        {
            json.WriteValue(value);
        }

        json.WriteEndArray();
    }

    public static void WriteOptionalMember(this JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteMember(name, value);
        }
    }

    /// <summary>Writes a counter whose usual value is 0, which is the same as absent.</summary>
    public static void WriteCount(this JsonWriter json, string name, long value)
    {
        if (value != 0)
        {
            json.WriteMember(name, value);
        }
    }

    public static void WriteCursor(this JsonWriter json, Cursor cursor)
    {
        json.WriteMember("epoch", cursor.Epoch);
        json.WriteMember("sequence", cursor.Sequence);
    }

    public static void WriteSelection(this JsonWriter json, IReadOnlyList<string> slugs, bool all)
    {
        if (all)
        {
            json.WriteMember("all", true);
        }
        else
        {
            json.WriteMember("slugs", slugs);
        }
    }

    public static void WriteStrings(this JsonWriter json, IReadOnlyList<string> values)
    {
        json.WriteStartArray();
        foreach (var value in values)
        {
            json.WriteValue(value);
        }

        json.WriteEndArray();
    }

    // Names are the protocol's own, and need no look for what to escape.
    private static void WriteName(this JsonWriter json, string name) => json.WritePropertyName(name, escape: false);
}
