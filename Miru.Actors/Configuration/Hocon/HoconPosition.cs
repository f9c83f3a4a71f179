namespace Akka.Configuration.Hocon;

/// <summary>A place in a document. Line and column, both from 1, are counted only when somebody has to be told.</summary>
internal readonly struct HoconPosition(string text, int index)
{
    /// <summary>An error at this place.</summary>
    public ConfigurationException Error(string what)
    {
        var before = text.AsSpan(0, Math.Min(index, text.Length));
        return new ConfigurationException($"Line {before.Count('\n') + 1}, column {before.Length - before.LastIndexOf('\n')}: {what}");
    }
}
