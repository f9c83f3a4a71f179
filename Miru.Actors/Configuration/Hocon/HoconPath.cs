namespace Akka.Configuration.Hocon;

/// <summary>Dotted paths; a part in quotes may contain dots.</summary>
internal static class HoconPath
{
    /// <summary>The parts of <paramref name="path"/>: <c>a."b.c".d</c> has three.</summary>
    public static IEnumerable<string> Split(string path)
    {
        for (var start = 0; start < path.Length;)
        {
            var quoted = path[start] == '"';
            var from = quoted ? start + 1 : start;
            var end = path.IndexOf(quoted ? '"' : '.', from);
            if (quoted && end < 0) throw new ConfigurationException($"The path '{path}' opens a quote and does not close it.");
            if (end < 0) end = path.Length;
            yield return path[from..end];
            start = quoted ? end + 2 : end + 1;
        }
    }

    /// <summary><paramref name="path"/> continued by <paramref name="key"/>.</summary>
    public static string Join(string path, string key)
    {
        var part = key.Contains('.') ? $"\"{key}\"" : key;
        return path.Length == 0 ? part : $"{path}.{part}";
    }
}
