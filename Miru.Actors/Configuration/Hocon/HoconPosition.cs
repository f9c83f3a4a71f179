namespace Akka.Configuration.Hocon;

/// <summary>A place in a document, both counted from 1.</summary>
internal readonly struct HoconPosition(int line, int column)
{
    /// <summary>An error at this place.</summary>
    public ConfigurationException Error(string what) => new($"Line {line}, column {column}: {what}");
}
