using Akka.Configuration.Hocon;

namespace Akka.Configuration;

/// <summary>Makes a <see cref="Config"/> from HOCON text.</summary>
public class ConfigurationFactory
{
    /// <summary>A configuration without any setting.</summary>
    public static Config Empty
    {
        get
        {
            // Not parsed: a system that is given no text never needs the parser, and starts quicker without.
            var root = new HoconValue();
            root.AppendValue(new HoconObject());
            return new Config(new HoconRoot(root));
        }
    }

    /// <summary>Parses <paramref name="hocon"/>, which may not include other documents.</summary>
    /// <exception cref="ConfigurationException">The text is malformed or refers to what is not there.</exception>
    public static Config ParseString(string hocon) => ParseString(hocon, null);

    /// <summary>Parses <paramref name="hocon"/>; <paramref name="includeCallback"/> turns the name in an <c>include "name"</c> into its content.</summary>
    /// <exception cref="ConfigurationException">The text is malformed or refers to what is not there.</exception>
    public static Config ParseString(string hocon, Func<string, HoconRoot> includeCallback) => new(Parser.Parse(hocon, includeCallback));
}
