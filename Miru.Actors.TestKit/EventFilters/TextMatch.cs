using Akka.Event;

namespace Akka.TestKit;

/// <summary>Compares what an event says and where it comes from.</summary>
internal static class TextMatch
{
    /// <summary>A rule of all that is given; any text if nothing is.</summary>
    public static Predicate<string> Of(string message, string start, string contains) => text =>
        (message is null || text == message)
        && (start is null || text.StartsWith(start, StringComparison.Ordinal))
        && (contains is null || text.Contains(contains, StringComparison.Ordinal));

    public static string TextOf(LogEvent logEvent) => logEvent.Message?.ToString() ?? "";

    /// <summary>Whether the event comes from <paramref name="source"/>, be it given in full or without the system's address.</summary>
    public static bool IsSource(LogEvent logEvent, string source) =>
        source is null || logEvent.LogSource == source || PathOf(logEvent.LogSource) == PathOf(source);

    private static string PathOf(string source)
    {
        const string Scheme = "akka://";
        var start = source.IndexOf(Scheme, StringComparison.Ordinal);
        if (start < 0) return source;
        var path = source.IndexOf('/', start + Scheme.Length);
        return path < 0 ? source : source[path..].TrimEnd(']', ')');
    }
}
