using System.Security.Cryptography;
using System.Text;

namespace Miru.Cloud.Storage;

/// <summary>Ids in the form of the contract's examples: what it is, an underscore, something unguessable.</summary>
internal static class ResourceId
{
    private const string Alphabet = "0123456789abcdefghijklmnopqrstuvwxyz";

    /// <summary>24 characters of 36: 124 bits.</summary>
    public static string New(string prefix) => $"{prefix}_{RandomNumberGenerator.GetString(Alphabet, 24)}";

    /// <summary>The same id for the same name, for what the contract wants an id of and this server keeps no record of.</summary>
    public static string Of(string prefix, string name) =>
        $"{prefix}_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 12))}";
}
