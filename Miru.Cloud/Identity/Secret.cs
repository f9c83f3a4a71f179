using System.Security.Cryptography;
using System.Text;

namespace Miru.Cloud.Identity;

/// <summary>Secrets that this server hands out once and afterwards knows only by their hash.</summary>
internal static class Secret
{
    /// <summary>256 random bits behind a prefix that tells a leaked secret's purpose.</summary>
    public static string New(string prefix) => $"{prefix}_{RandomNumberGenerator.GetHexString(64, lowercase: true)}";

    /// <summary>A plain hash suffices: the input has 256 bits of entropy, so there is nothing to slow a guesser down for.</summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
