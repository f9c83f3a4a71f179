using System.Security.Cryptography;

namespace Miru.Agent.Configs;

/// <summary>The name of a content: <c>sha256:</c> and 64 lower-case hex digits.</summary>
internal static class ContentDigest
{
    private const string Prefix = "sha256:";

    public static string Of(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, hash);
        return Prefix + Convert.ToHexStringLower(hash);
    }
}
