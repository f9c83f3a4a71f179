using System.Runtime.CompilerServices;

namespace Miru.Agent.Deployments;

/// <summary>The contract's spelling of targets, activities and errors: the names in lower case, on the wire and in the store.</summary>
internal static class DeploymentWords
{
    public static string Word<T>(this T value)
        where T : struct, Enum => Words<T>.All[Unsafe.BitCast<T, int>(value)];

    /// <summary>False for a word that the contract does not have.</summary>
    public static bool TryRead<T>(string? word, out T value)
        where T : struct, Enum
    {
        for (var known = 0; known < Words<T>.All.Length; known++)
        {
            if (Words<T>.All[known] == word)
            {
                value = Unsafe.BitCast<int, T>(known);
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

    /// <summary>By value: what has words is numbered from 0 without a gap. The framework's own names are looked up and put together each time.</summary>
    private static class Words<T>
    {
        public static readonly string[] All = Array.ConvertAll(Enum.GetNames(typeof(T)), static name => name.ToLowerInvariant());
    }
}
