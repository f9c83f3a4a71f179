using System.Security.Cryptography;
using System.Text;
using Miru.Protocol;

namespace Miru.Agent.Tests.Doubles;

/// <summary>Messages for tests, with what does not matter filled in.</summary>
internal static class Wire
{
    public static ConfigMessage Config(string slug, long sequence, string content, long superseded = 0)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        return new(
            slug,
            sequence,
            $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}",
            $"dpl_{sequence}",
            $"v{sequence}",
            "json",
            $"/srv/{slug}.json",
            superseded,
            bytes);
    }
}
