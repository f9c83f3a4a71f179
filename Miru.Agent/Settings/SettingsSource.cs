using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace Miru.Agent.Settings;

/// <summary>One settings file, flattened: full key to value. The only place that knows HOCON.</summary>
/// <param name="File">Where the values come from, as an operator knows it.</param>
internal sealed record SettingsSource(string File, IReadOnlyDictionary<string, SettingValue> Values)
{
    /// <exception cref="SettingsException">The text is not HOCON.</exception>
    public static SettingsSource Parse(string file, string text)
    {
        try
        {
            var values = new Dictionary<string, SettingValue>(StringComparer.Ordinal);
            var config = ConfigurationFactory.ParseString(text);
            if (!config.IsEmpty)
            {
                Flatten("", config.Root.GetObject(), values);
            }

            return new SettingsSource(file, values);
        }
        catch (Exception malformed) when (malformed is not OutOfMemoryException)
        {
            throw new SettingsException([new SettingsProblem(file, "", $"is not valid HOCON: {malformed.Message}", "")]);
        }
    }

    private static void Flatten(string prefix, HoconObject node, Dictionary<string, SettingValue> values)
    {
        foreach (var (name, value) in node.Items)
        {
            if (value.IsObject())
            {
                Flatten($"{prefix}{name}.", value.GetObject(), values);
            }
            else
            {
                values[prefix + name] = Read(value);
            }
        }
    }

    private static SettingValue Read(HoconValue value)
    {
        // Akka.NET's parser says of an empty list that it is no array: what is not written as a text is a list.
        if (!value.IsArray() && (value.IsString() || value.IsEmpty))
        {
            return new SettingValue(value.GetString(), null);
        }

        var items = value.GetArray();
        return items.Count > 0 && items.All(item => item.IsObject())
            ? new SettingValue(null, null, [.. items.Select(item => Members(item.GetObject()))])
            : new SettingValue(null, [.. items.Select(item => item.GetString())]);
    }

    private static Dictionary<string, SettingValue> Members(HoconObject node)
    {
        var members = new Dictionary<string, SettingValue>(StringComparer.Ordinal);
        Flatten("", node, members);
        return members;
    }
}
