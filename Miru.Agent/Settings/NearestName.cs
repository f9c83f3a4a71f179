namespace Miru.Agent.Settings;

/// <summary>Finds what somebody probably meant to type.</summary>
internal static class NearestName
{
    /// <summary>The candidate with the fewest edits to <paramref name="name"/>, or null if none is close enough to be worth saying.</summary>
    public static string? Of(string name, IEnumerable<string> candidates)
    {
        var enough = Math.Max(2, name.Length / 4);
        return candidates
            .Select(candidate => (candidate, edits: Edits(name, candidate)))
            .Where(found => found.edits <= enough)
            .OrderBy(found => found.edits).ThenBy(found => found.candidate, StringComparer.Ordinal)
            .Select(found => found.candidate)
            .FirstOrDefault();
    }

    /// <summary>Levenshtein distance, one row at a time.</summary>
    private static int Edits(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (from[i - 1] == to[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
