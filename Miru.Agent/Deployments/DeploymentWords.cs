namespace Miru.Agent.Deployments;

/// <summary>The contract's spelling of targets, activities and errors: the names in lower case, on the wire and in the store.</summary>
internal static class DeploymentWords
{
    public static string Word<T>(this T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    /// <summary>False for a word that the contract does not have.</summary>
    public static bool TryRead<T>(string? word, out T value)
        where T : struct, Enum
    {
        foreach (var candidate in Enum.GetValues<T>())
        {
            if (candidate.Word() == word)
            {
                value = candidate;
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>For words that this program wrote itself.</summary>
    public static T Read<T>(string word)
        where T : struct, Enum =>
        TryRead<T>(word, out var value) ? value : throw new FormatException($"'{word}' is no {typeof(T).Name}.");
}
