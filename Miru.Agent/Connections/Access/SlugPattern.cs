namespace Miru.Agent.Connections.Access;

/// <summary>Names of configs: a slug as it is, or with <c>*</c> for any run of characters, none included (<c>lidar-*</c>). Nothing else is special.</summary>
internal sealed record SlugPattern(string Text)
{
    /// <summary>Fits every slug.</summary>
    public const string All = "*";

    public bool Matches(string slug) => Matches(Text, slug);

    // On a mismatch the last star takes one character more; earlier stars never need to, so this is at worst quadratic.
    private static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> slug)
    {
        var (at, star, resume) = (0, -1, 0);
        for (var read = 0; read < slug.Length;)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                star = at++;
                resume = read;
            }
            else if (at < pattern.Length && pattern[at] == slug[read])
            {
                at++;
                read++;
            }
            else if (star >= 0)
            {
                at = star + 1;
                read = ++resume;
            }
            else
            {
                return false;
            }
        }

        return pattern[at..].TrimStart('*').IsEmpty;
    }
}
